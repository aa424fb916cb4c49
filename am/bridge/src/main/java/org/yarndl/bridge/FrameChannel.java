package org.yarndl.bridge;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Frames over one loopback connection (docs/worker-protocol.md). One thread reads, one thread writes. */
public final class FrameChannel implements Closeable {
  /** Length of the payload and kind, 32 bits each. */
  private static final int HEADER = 8;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int limit;
  private long deadline;

  public FrameChannel(Socket socket, int limit) throws IOException {
    this.socket = socket;
    this.limit = limit;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /** Most bytes of a payload that are accepted from now on. */
  public void limit(int bytes) {
    limit = bytes;
  }

  /** How long a read may wait for the next byte; 0 = for ever. */
  public void timeout(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
  }

  /** Everything read must be here within this time, however slowly it drips; 0 = no longer. */
  public void deadline(int milliseconds) throws IOException {
    deadline = milliseconds == 0 ? 0 : System.nanoTime() + milliseconds * 1_000_000L;
    timeout(milliseconds);
  }

  /** The next frame, or null when the other side closed between two frames. */
  public Frame read() throws IOException {
    byte[] header = new byte[HEADER];
    int first = in.read();
    if (first < 0) {
      return null;
    }
    header[0] = (byte) first;
    fill(header, 1);
    ByteReader fields = new ByteReader(header);
    int length = fields.i32();
    int kind = fields.i32();
    if (length < 0 || length > limit) {
      throw new ProtocolException("a frame of " + (length & 0xFFFFFFFFL) + " bytes; at most " + limit + " are accepted");
    }
    byte[] payload = new byte[length];
    fill(payload, 0);
    return new Frame(kind, payload);
  }

  public void write(int kind, ByteWriter payload) throws IOException {
    write(kind, payload.array(), payload.length());
  }

  public void write(int kind, byte[] payload) throws IOException {
    write(kind, payload, payload.length);
  }

  private void write(int kind, byte[] payload, int length) throws IOException {
    ByteWriter header = new ByteWriter(HEADER).i32(length).i32(kind);
    if (length <= 1 << 14) {
      // one packet for small frames
      out.write(header.raw(payload, 0, length).array(), 0, HEADER + length);
    } else {
      out.write(header.array(), 0, HEADER);
      out.write(payload, 0, length);
    }
    out.flush();
  }

  private void fill(byte[] target, int from) throws IOException {
    for (int at = from; at < target.length; ) {
      int n = in.read(target, at, target.length - at);
      if (n < 0) {
        throw new EOFException("the connection ended within a frame");
      }
      if (deadline != 0 && System.nanoTime() > deadline) {
        throw new SocketTimeoutException("a frame did not come in time");
      }
      at += n;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
