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

  /** Most bytes of a head and of a tail that are accepted from now on. */
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
    byte[] header = new byte[Frame.HEADER];
    int first = in.read();
    if (first < 0) {
      return null;
    }
    header[0] = (byte) first;
    fill(header, 1);
    ByteReader fields = new ByteReader(header);
    if (fields.i32() != Frame.MAGIC) {
      throw new ProtocolException("the bytes are not a frame: the magic differs");
    }
    int version = fields.u16();
    if (version != Frame.VERSION) {
      throw new ProtocolException("the other side speaks version " + version + ", this one " + Frame.VERSION + "; yarndl.jar and yarndl must be of one release");
    }
    int operation = fields.u16();
    long head = fields.i32() & 0xFFFFFFFFL;
    long tail = fields.i64();
    if (tail < 0 || head > limit || tail > limit) {
      throw new ProtocolException("operation " + operation + " with " + head + " + " + tail + " bytes; at most " + limit + " of each are accepted");
    }
    byte[] headBytes = new byte[(int) head];
    fill(headBytes, 0);
    byte[] tailBytes = new byte[(int) tail];
    fill(tailBytes, 0);
    return new Frame(operation, headBytes, tailBytes);
  }

  public void write(int operation, ByteWriter head) throws IOException {
    write(operation, head.array(), head.length());
  }

  /** Frames that came from elsewhere, as they are. */
  public void forward(byte[] frames) throws IOException {
    out.write(frames);
    out.flush();
  }

  private void write(int operation, byte[] head, int length) throws IOException {
    byte[] header = Frame.header(operation, length, 0);
    if (length <= 1 << 14) {
      // one packet for small frames
      out.write(new ByteWriter(Frame.HEADER + length).raw(header, 0, Frame.HEADER).raw(head, 0, length).array(), 0, Frame.HEADER + length);
    } else {
      out.write(header, 0, Frame.HEADER);
      out.write(head, 0, length);
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
