package org.yarndl.bridge;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets .NET processes in on the loopback interface: a connection shows the secret within ten seconds and says what it is for, or is
 * closed. A bad one is logged once and changes nothing else.
 */
public final class BridgeServer implements Closeable {
  /** What a connection is for, and who serves it. */
  public interface Role {
    /**
     * Serves the connection until it ends; the channel is closed afterwards.
     *
     * @param hello what it said of itself
     */
    void serve(FrameChannel channel, Frame hello) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(BridgeServer.class);
  private static final int HELLO_TIMEOUT = 10_000;
  private static final int HELLO_LIMIT = 4096;
  private static final int MOST_STRANGERS = 16;
  /** Until a role allows more. */
  private static final int LIMIT = 64 << 20;

  private final ServerSocket listener;
  private final Secret secret;
  private final Role role;
  private final int helloTimeout;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger strangers = new AtomicInteger();
  private final AtomicBoolean logged = new AtomicBoolean();
  private volatile boolean closed;

  public BridgeServer(Secret secret, Role role) throws IOException {
    this(secret, role, HELLO_TIMEOUT);
  }

  BridgeServer(Secret secret, Role role, int helloTimeout) throws IOException {
    this.secret = secret;
    this.role = role;
    this.helloTimeout = helloTimeout;
    listener = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
    thread("yarndl-bridge", this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        if (strangers.incrementAndGet() > MOST_STRANGERS) {
          strangers.decrementAndGet();
          refuse(socket, "more than " + MOST_STRANGERS + " connections that have not shown the secret");
          socket.close();
        } else {
          sockets.add(socket);
          thread("yarndl-bridge-" + socket.getPort(), () -> serve(socket));
        }
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("[bridge] cannot accept a connection: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (FrameChannel channel = new FrameChannel(socket, HELLO_LIMIT)) {
      Frame frame;
      try {
        channel.deadline(helloTimeout);
        frame = channel.read();
        if (frame == null || (frame.operation != Operations.HELLO && frame.operation != Operations.ASK_HELLO)) {
          throw new ProtocolException(frame == null ? "it ended before its hello" : "its first frame is no hello");
        }
        if (!secret.matches(frame.fields().blob())) {
          throw new ProtocolException("it showed a wrong secret");
        }
      } catch (IOException | ProtocolException e) {
        refuse(socket, e.getMessage());
        return;
      } finally {
        strangers.decrementAndGet();
      }
      channel.deadline(0);
      channel.write(Operations.WELCOME, new ByteWriter());
      channel.limit(LIMIT);
      role.serve(channel, frame);
    } catch (Exception e) {
      if (!closed) {
        LOG.warn("[bridge] a connection ended: {}", e.toString());
      }
    } finally {
      sockets.remove(socket);
    }
  }

  /** Requests one after the other, each answered; a failed one is answered as a failure, a wrong one ends the connection. */
  public static void answer(FrameChannel channel, Session session) throws IOException {
    ByteWriter reply = new ByteWriter(1 << 12);
    try {
      for (Frame frame = channel.read(); frame != null; frame = channel.read()) {
        int answer = Operations.ANSWER;
        try {
          ByteReader request = frame.fields();
          session.find(frame.operation).run(request, reply.clear());
          request.end();
        } catch (OperationException e) {
          answer = Operations.FAILED;
          reply.clear().i32(e.kind).i32(e.fault).text(e.getMessage());
        } catch (ProtocolException | IOException e) {
          throw e;
        } catch (Exception e) {
          answer = Operations.FAILED;
          reply.clear().i32(Operations.FAULT_BRIDGE).i32(0).text("[bridge] " + e);
          LOG.warn("[bridge] operation {} failed", frame.operation, e);
        }
        channel.write(answer, reply);
      }
    } finally {
      session.close();
    }
  }

  private void refuse(Socket socket, String reason) {
    if (logged.compareAndSet(false, true)) {
      LOG.warn("[bridge] refused a connection from port {}: {}; further ones are not reported", socket.getPort(), reason);
    }
  }

  private static void thread(String name, Runnable body) {
    Thread t = new Thread(body, name);
    t.setDaemon(true);
    t.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
