import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { expect, test } from 'vitest';

const OUTSIDE = [
  '0.0.0.0',
  '192.0.2.1',
  '255.255.255.255',
  '::',
  '2001:db8::1',
  'example.org',
  'localhost',
];

test('a socket of a test binds and sends on loopback only', () => {
  const socket = dgram.createSocket('udp4');
  for (const host of OUTSIDE) {
    expect(() => socket.send(new Uint8Array(1), 6421, host)).toThrow('on loopback only');
    expect(() => socket.send(new Uint8Array(1), 0, 1, 6421, host)).toThrow('on loopback only');
    expect(() => socket.bind(0, host)).toThrow('on loopback only');
    expect(() => socket.bind({ port: 0, address: host })).toThrow('on loopback only');
    expect(() => socket.connect(6421, host)).toThrow('on loopback only');
  }
  expect(() => socket.bind()).toThrow('on loopback only');
  expect(() => socket.bind(0)).toThrow('on loopback only');
  expect(() => socket.send(new Uint8Array(1))).toThrow('on loopback only');
  expect(() => socket.setBroadcast(true)).toThrow('on loopback only');
  socket.close();
});

test('a connection of a test stays on loopback, and no name is looked up', () => {
  for (const host of ['192.0.2.1', '2001:db8::1', 'example.org']) {
    expect(() => net.connect(80, host)).toThrow('on loopback only');
    expect(() => dns.lookup(host, () => {})).toThrow('on loopback only');
    expect(() => dns.promises.lookup(host)).toThrow('on loopback only');
  }
});

test('loopback works', async () => {
  const receiver = dgram.createSocket('udp4');
  const sender = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => receiver.bind(0, '127.0.0.1', resolve));
  const received = new Promise<number>((resolve) => {
    receiver.on('message', (bytes) => resolve(bytes.length));
  });
  sender.bind({ port: 0, address: '127.0.0.2' }, () => {
    sender.send(new Uint8Array(3), receiver.address().port, '127.0.0.1');
  });
  expect(await received).toBe(3);
  await Promise.all(
    [sender, receiver].map((socket) => new Promise<void>((resolve) => socket.close(resolve))),
  );
});
