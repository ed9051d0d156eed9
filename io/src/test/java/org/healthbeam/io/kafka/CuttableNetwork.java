package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and a server that can be cut: a proxy on a free port of this machine.
 * Needs no rights of an administrator, as filters of packets would.
 */
public final class CuttableNetwork implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong carried = new AtomicLong();
  private State state = State.WHOLE;
  private String host = "";
  private int port;

  /** What becomes of what is sent. */
  private enum State {
    WHOLE,
    /** It waits, and so do new connections, as where packets are lost. */
    SILENT,
    /** Connections are closed, and new ones too. */
    REFUSING,
    CLOSED
  }

  private CuttableNetwork(ServerSocket listener) {
    this.listener = listener;
  }

  /** Opens it; it leads nowhere yet. */
  public static CuttableNetwork open() throws IOException {
    CuttableNetwork network =
        new CuttableNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    start(network::listen);
    return network;
  }

  private static void start(Runnable what) {
    Thread thread = new Thread(what, "network");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the port where clients come in. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Returns where clients come in. */
  public String address() {
    return "localhost:" + port();
  }

  /** Says where it leads to. */
  public void leadTo(String address) {
    int colon = address.lastIndexOf(':');
    host = address.substring(0, colon);
    port = Integer.parseInt(address.substring(colon + 1));
  }

  /** Returns how many bytes came through, in both directions. */
  public long carried() {
    return carried.get();
  }

  /** From now on nothing comes through, and nobody is told. */
  public synchronized void goSilent() {
    state = State.SILENT;
  }

  /** From now on nobody is connected, and each that tries is told. */
  public synchronized void refuse() {
    state = State.REFUSING;
    closeAll();
    notifyAll();
  }

  /** From now on all comes through, also what has waited. */
  public synchronized void mend() {
    state = State.WHOLE;
    notifyAll();
  }

  private synchronized State stateWhenNotSilent() {
    while (state == State.SILENT) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return State.CLOSED;
      }
    }
    return state;
  }

  private void listen() {
    while (stateWhenNotSilent() != State.CLOSED) {
      try {
        Socket client = listener.accept();
        if (stateWhenNotSilent() == State.WHOLE) {
          connect(client);
        } else {
          client.close();
        }
      } catch (IOException e) {
        // The listener was closed, or the server is not there: the client tries again.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    try {
      Socket server = new Socket(host, port);
      open.add(server);
      start(() -> carry(client, server));
      start(() -> carry(server, client));
    } catch (IOException e) {
      close(client);
      throw e;
    }
  }

  private void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (stateWhenNotSilent() != State.WHOLE) {
          break;
        }
        out.write(buffer, 0, n);
        carried.addAndGet(n);
      }
    } catch (IOException e) {
      // One of them is gone, and so the other one is.
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeAll() {
    for (Socket socket : Set.copyOf(open)) {
      close(socket);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      state = State.CLOSED;
      notifyAll();
    }
    closeAll();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
