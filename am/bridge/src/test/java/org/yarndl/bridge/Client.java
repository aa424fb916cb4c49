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
    client.channel.write(BridgeServer.HELLO, new ByteWriter().blob(secret));
    return client;
  }

  /** The reply's fields. */
  ByteReader ask(int operation, ByteWriter request) throws IOException {
    Frame reply = send(operation, request);
    if (reply.kind != 0) {
      throw new AssertionError(new String(reply.payload, java.nio.charset.StandardCharsets.UTF_8));
    }
    return reply.fields();
  }

  /** The fault number. */
  int fail(int operation, ByteWriter request) throws IOException {
    Frame reply = send(operation, request);
    if (reply.kind != 1) {
      throw new AssertionError("the operation did not fail");
    }
    return reply.fields().i32();
  }

  private Frame send(int operation, ByteWriter request) throws IOException {
    channel.write(operation, request);
    Frame reply = channel.read();
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
