package org.constellation.system;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The only way to a broker for whoever is told its address: where the broker says where it is, this
 * address stands instead. It may be cut: connections stay, and nothing arrives on them any more, as
 * when packets are lost. What was under way arrives once it is whole again.
 */
final class Wire implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket door;
  private final int broker;
  private final byte[] itself;
  private final byte[] instead;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mended = lock.newCondition();
  private boolean cut;
  private volatile boolean closed;

  /**
   * Begins to lead guests to a broker.
   *
   * @param broker its port on this machine
   */
  Wire(int broker) throws IOException {
    this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.broker = broker;
    this.itself = place(broker);
    this.instead = place(door.getLocalPort());
    Thread.ofVirtual().name("wire").start(this::accept);
  }

  /** How a broker's messages end the name of a place: host, and port in four bytes. */
  private static byte[] place(int port) {
    var host = HOST.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(host.length + Integer.BYTES).put(host).putInt(port).array();
  }

  /** Where guests find the broker. */
  String address() {
    return HOST + ":" + door.getLocalPort();
  }

  /** Nothing arrives any more, or all that waited and what comes. */
  void cut(boolean isCut) {
    lock.lock();
    try {
      cut = isCut;
      mended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that came from the broker. */
  long carried() {
    return carried.get();
  }

  private void accept() {
    while (!closed) {
      try {
        var guest = door.accept();
        sockets.add(guest);
        Thread.ofVirtual().start(() -> lead(guest));
      } catch (IOException e) {
        // Closed, or a guest that left again.
      }
    }
  }

  private void lead(Socket guest) {
    try (guest;
        var server = new Socket(InetAddress.getLoopbackAddress(), broker)) {
      sockets.add(server);
      var asking = Thread.ofVirtual().start(() -> ask(guest, server));
      answer(server, guest);
      sockets.remove(server);
      asking.join();
    } catch (IOException e) {
      // The broker is away: the guest finds the connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(guest);
    }
  }

  private void ask(Socket guest, Socket server) {
    var buffer = new byte[BUFFER_BYTES];
    try (guest;
        server) {
      InputStream in = guest.getInputStream();
      OutputStream out = server.getOutputStream();
      for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitMended();
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One of them left.
    }
  }

  private void answer(Socket server, Socket guest) {
    try (server;
        guest) {
      var in = new DataInputStream(server.getInputStream());
      var out = new DataOutputStream(guest.getOutputStream());
      while (!closed) {
        var frame = in.readNBytes(in.readInt());
        redirect(frame);
        awaitMended();
        var whole = ByteBuffer.allocate(Integer.BYTES + frame.length);
        out.write(whole.putInt(frame.length).put(frame).array());
        carried.addAndGet(frame.length);
      }
    } catch (IOException e) {
      // One of them left.
    }
  }

  private void redirect(byte[] frame) {
    for (var at = 0; at + itself.length <= frame.length; at++) {
      if (frame[at] == itself[0]
          && ByteBuffer.wrap(frame, at, itself.length).equals(ByteBuffer.wrap(itself))) {
        System.arraycopy(instead, 0, frame, at, instead.length);
      }
    }
  }

  private void awaitMended() {
    lock.lock();
    try {
      while (cut && !closed) {
        mended.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    cut(false);
    door.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
