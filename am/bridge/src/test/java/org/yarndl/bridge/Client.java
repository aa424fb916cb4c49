package org.yarndl.bridge;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The other side of a bridge, as .NET would speak. */
final class Client implements Closeable {
  final FrameChannel channel;

  Client(int port) throws IOException {
    channel = new FrameChannel(new Socket(InetAddress.getByName("127.0.0.1"), port), 1 << 24);
    channel.timeout(20_000);
  }

  static Client hello(int port, byte[] secret) throws IOException {
    Client client = new Client(port);
    client.channel.write(Operations.ASK_HELLO, new ByteWriter().blob(secret).i32(0));
    return client;
  }

  /** The reply's fields. */
  ByteReader ask(int operation, ByteWriter request) throws IOException {
    Frame reply = send(operation, request);
    if (reply.operation != Operations.ANSWER) {
      throw new AssertionError(new String(reply.head, java.nio.charset.StandardCharsets.UTF_8));
    }
    return reply.fields();
  }

  /** The fault number. */
  int fail(int operation, ByteWriter request) throws IOException {
    Frame reply = send(operation, request);
    if (reply.operation != Operations.FAILED) {
      throw new AssertionError("the operation did not fail");
    }
    ByteReader failure = reply.fields();
    failure.i32();
    return failure.i32();
  }

  private Frame send(int operation, ByteWriter request) throws IOException {
    channel.write(operation, request);
    Frame reply = channel.read();
    if (reply != null && reply.operation == Operations.WELCOME) {
      reply = channel.read();
    }
    if (reply == null) {
      throw new IOException("the bridge closed the connection");
    }
    return reply;
  }

  static ByteWriter text(String... values) {
    ByteWriter w = new ByteWriter();
    for (String v : values) {
      w.text(v);
    }
    return w;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
