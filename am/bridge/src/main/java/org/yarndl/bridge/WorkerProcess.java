package org.yarndl.bridge;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One .NET worker and the bridge it lives on: frames go to it and come back unread, and it may ask for files. What it holds open is
 * known by numbers (session, weights version), so that an order sends only what the worker lacks. One caller at a time.
 */
public final class WorkerProcess implements Closeable {
  private final BridgeServer server;
  private final ChildProcess child;
  private final BlockingQueue<FrameChannel> arrived = new ArrayBlockingQueue<>(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final int replyTimeout;
  private FrameChannel channel;
  private String session = "";
  private long version = -1;
  private volatile String[] identity = {"", "", ""};

  /**
   * @param requests what the worker may ask for
   * @param replyTimeout milliseconds until a worker that does not answer counts as lost
   */
  public WorkerProcess(List<String> command, File folder, Map<String, String> environment, int cores, long bytes, Supplier<Session> requests,
      int startTimeout, int replyTimeout) throws IOException {
    this.replyTimeout = replyTimeout;
    Secret secret = Secret.create();
    server = new BridgeServer(secret, (c, hello) -> {
      if (hello.operation == Operations.ASK_HELLO) {
        BridgeServer.answer(c, requests.get());
      } else {
        identity = identity(hello);
        if (!arrived.offer(c)) {
          return;
        }
        closed.await();
      }
    });
    ChildProcess started = null;
    try {
      started = ChildProcess.start(command, folder, environment, Hello.line(secret, server.port(), cores, bytes));
      child = started;
      channel = await(startTimeout);
    } catch (IOException | RuntimeException e) {
      if (started != null) {
        started.close();
      }
      server.close();
      closed.countDown();
      throw e;
    }
  }

  private FrameChannel await(int startTimeout) throws IOException {
    try {
      for (int waited = 0; waited < startTimeout; waited += 100) {
        FrameChannel c = arrived.poll(100, TimeUnit.MILLISECONDS);
        if (c != null) {
          c.limit(Integer.MAX_VALUE - 64);
          c.timeout(replyTimeout);
          return c;
        }
        Integer code = child.waitFor(0);
        if (code != null) {
          throw new IOException("[worker] the .NET worker ended with code " + code + " before it said hello; its message is above in this log");
        }
      }
      throw new IOException("[worker] the .NET worker did not say hello within " + startTimeout / 1000 + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("[worker] interrupted while the .NET worker started", e);
    }
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  /** Its release, kernel set and kernel path, as it said in its hello. */
  public String[] identity() {
    return identity.clone();
  }

  private static String[] identity(Frame hello) {
    ByteReader in = hello.fields();
    in.blob();
    in.i32();
    return new String[] {in.text(), in.text(), in.text()};
  }

  /**
   * Carries out an order and returns the reply frame, which may be a failure to be told to the user.
   *
   * @param wantedSession names what must be open
   * @param open the frames that open it, each answered
   * @param wantedVersion of the weights; -1 = none needed
   * @param weights the frame that brings them
   * @throws IOException the worker is lost
   */
  public byte[] run(String wantedSession, Supplier<byte[][]> open, long wantedVersion, Supplier<byte[]> weights, byte[] order) throws IOException {
    if (!session.equals(wantedSession)) {
      session = "";
      version = -1;
      for (byte[] frame : open.get()) {
        channel.forward(frame);
        Frame reply = reply();
        if (reply.operation == Operations.FAILED) {
          return reply.bytes();
        } else if (reply.operation != Operations.OPENED) {
          throw new ProtocolException("operation " + reply.operation + " came where an opening's answer is due");
        }
      }
      session = wantedSession;
    }
    if (wantedVersion >= 0 && version != wantedVersion) {
      send(wantedVersion, weights);
    }
    channel.forward(order);
    Frame reply = reply();
    if (reply.operation == Operations.NEED_WEIGHTS && wantedVersion >= 0) {
      send(wantedVersion, weights);
      reply = reply();
    }
    return reply.bytes();
  }

  private void send(long wantedVersion, Supplier<byte[]> weights) throws IOException {
    version = -1;
    channel.forward(weights.get());
    version = wantedVersion;
  }

  private Frame reply() throws IOException {
    Frame frame = channel.read();
    if (frame == null) {
      throw new EOFException("[worker] the .NET worker is gone");
    }
    return frame;
  }

  /** At once, for shutdown hooks. */
  public void kill() {
    child.kill();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      // its sockets end with it
    }
    child.close();
  }
}
