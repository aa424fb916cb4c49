package org.yarndl.bridge;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;

/** Hadoop's files as operations (docs/bridge.md): numbers 64 to 79. */
public final class FileOperations {
  public static final int LIST = 64;
  public static final int STAT = 65;
  public static final int OPEN = 66;
  public static final int READ = 67;
  public static final int CREATE = 68;
  public static final int WRITE = 69;
  public static final int FINISH = 70;
  public static final int CLOSE = 71;
  public static final int RENAME = 72;
  public static final int REPLACE = 73;
  public static final int TOUCH = 74;
  public static final int MAKE_FOLDERS = 75;
  public static final int DELETE = 76;

  /** Most bytes of one read. */
  public static final int MOST = 4 << 20;

  private final HadoopFiles files;
  private final Session session;

  private FileOperations(HadoopFiles files, Session session) {
    this.files = files;
    this.session = session;
  }

  public static void add(HadoopFiles files, Session session) {
    FileOperations o = new FileOperations(files, session);
    session
        .add(LIST, path("cannot list", o::list))
        .add(STAT, path("cannot look at", o::stat))
        .add(OPEN, path("cannot read", o::open))
        .add(READ, o::read)
        .add(CREATE, path("cannot create", o::create))
        .add(WRITE, o::write)
        .add(FINISH, o::finish)
        .add(CLOSE, (in, out) -> session.take(in.i32()).close())
        .add(RENAME, path("cannot rename", (file, in, out) -> files.rename(file, in.text())))
        .add(REPLACE, path("cannot replace by", (file, in, out) -> files.replace(file, in.text())))
        .add(TOUCH, path("cannot touch", (file, in, out) -> files.touch(file)))
        .add(MAKE_FOLDERS, path("cannot make the folder", (file, in, out) -> files.makeFolders(file)))
        .add(DELETE, path("cannot delete", (file, in, out) -> files.delete(file)));
  }

  private interface PathOperation {
    void run(String path, ByteReader in, ByteWriter out) throws IOException;
  }

  private static Operation path(String action, PathOperation operation) {
    return (in, out) -> {
      String path = in.text();
      if (path.isEmpty()) {
        throw new OperationException(Operations.FAULT_FILES, FileFault.MISSING.ordinal(), "[files] " + action + " a file without a name", null);
      }
      run(action, path, () -> operation.run(path, in, out));
    };
  }

  private interface Body {
    void run() throws IOException;
  }

  private static void run(String action, String path, Body body) throws OperationException {
    try {
      body.run();
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new OperationException(Operations.FAULT_FILES, FileFault.of(e).ordinal(), FileFault.describe(action, path, e), e);
    }
  }

  private void list(String folder, ByteReader in, ByteWriter out) throws IOException {
    List<FileStatus> found = files.list(folder);
    out.i32(found.size());
    for (FileStatus status : found) {
      stat(status, out);
    }
  }

  private void stat(String path, ByteReader in, ByteWriter out) throws IOException {
    FileStatus status = files.stat(path);
    out.u8(status == null ? 0 : 1);
    if (status != null) {
      stat(status, out);
    }
  }

  private static void stat(FileStatus status, ByteWriter out) {
    out.text(status.getPath().toString()).u8(status.isDirectory() ? 1 : 0).i64(status.isDirectory() ? 0 : status.getLen())
        .i64(status.getModificationTime());
  }

  private void open(String path, ByteReader in, ByteWriter out) throws IOException {
    FileStatus status = files.stat(path);
    if (status == null) {
      throw new java.io.FileNotFoundException("there is no such file");
    }
    if (status.isDirectory()) {
      throw new IOException("it is a folder");
    }
    out.i32(session.keep(new Reading(path, files.open(path)))).i64(status.getLen());
  }

  private void read(ByteReader in, ByteWriter out) throws OperationException {
    Reading reading = session.get(in.i32(), Reading.class);
    long offset = in.i64();
    byte[] bytes = new byte[in.count(MOST)];
    run("cannot read", reading.path, () -> {
      if (reading.stream.getPos() != offset) {
        reading.stream.seek(offset);
      }
      int at = 0;
      for (int n; at < bytes.length && (n = reading.stream.read(bytes, at, bytes.length - at)) >= 0; ) {
        at += n;
      }
      out.i32(at).raw(bytes, 0, at);
    });
  }

  private void create(String path, ByteReader in, ByteWriter out) throws IOException {
    out.i32(session.keep(new Writing(path, files.create(path))));
  }

  private void write(ByteReader in, ByteWriter out) throws OperationException {
    Writing writing = session.get(in.i32(), Writing.class);
    byte[] bytes = in.raw(in.left());
    run("cannot write", writing.path, () -> writing.stream.write(bytes));
  }

  private void finish(ByteReader in, ByteWriter out) throws Exception {
    int handle = in.i32();
    Writing writing = session.get(handle, Writing.class);
    run("cannot write", writing.path, () -> {
      writing.stream.hsync();
      writing.stream.close();
      writing.finished = true;
    });
    session.take(handle);
  }

  private static final class Reading implements Closeable {
    final String path;
    final FSDataInputStream stream;

    Reading(String path, FSDataInputStream stream) {
      this.path = path;
      this.stream = stream;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** Closed before it is finished, the file goes away. */
  private final class Writing implements Closeable {
    final String path;
    final FSDataOutputStream stream;
    boolean finished;

    Writing(String path, FSDataOutputStream stream) {
      this.path = path;
      this.stream = stream;
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        try {
          stream.close();
        } finally {
          files.delete(path);
        }
      }
    }
  }
}
