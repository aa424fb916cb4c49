package org.yarndl.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What a task made, kept in a file of its own: blocks of bytes with their kind. Only the file of the attempt whose result Spark took is read. */
final class StagedFile implements Closeable {
  final String path;
  private final DataOutputStream out;

  StagedFile(Configuration conf, String folder, String name) throws IOException {
    Path file = new Path(folder, name);
    path = file.toString();
    FileSystem store = file.getFileSystem(conf);
    out = new DataOutputStream(new BufferedOutputStream(store.create(file, true), 1 << 18));
  }

  void add(int kind, byte[] bytes, int offset, int count) throws IOException {
    out.writeByte(kind);
    out.writeInt(count);
    out.write(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The blocks of one kind. */
  static Iterator<byte[]> read(Configuration conf, String path, int kind) throws IOException {
    Path file = new Path(path);
    return new Reading(new DataInputStream(new BufferedInputStream(file.getFileSystem(conf).open(file), 1 << 18)), kind);
  }

  private static final class Reading implements Iterator<byte[]> {
    private final DataInputStream in;
    private final int kind;
    private byte[] next;
    private boolean ended;

    Reading(DataInputStream in, int kind) {
      this.in = in;
      this.kind = kind;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && !ended) {
          int found = in.read();
          if (found < 0) {
            ended = true;
            in.close();
          } else {
            byte[] block = new byte[in.readInt()];
            in.readFully(block);
            next = found == kind ? block : null;
          }
        }
        return next != null;
      } catch (EOFException e) {
        throw new UncheckedIOException("a staged file is cut off", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      byte[] found = next;
      next = null;
      return found;
    }
  }
}
