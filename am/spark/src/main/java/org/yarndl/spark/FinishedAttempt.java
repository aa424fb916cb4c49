package org.yarndl.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.yarndl.bridge.ByteReader;

/**
 * What an earlier attempt of this application ended with, when no further attempt can change it. Kept in the application's staging
 * folder, which Spark deletes with the last attempt. YARN starts a second attempt after every failure, also after a bad job file.
 */
final class FinishedAttempt {
  private static final int MOST = 1 << 16;

  private final Path file;
  private final Configuration conf;

  private FinishedAttempt(Path file, Configuration conf) {
    this.file = file;
    this.conf = conf;
  }

  /** Null when the application has no staging folder: then there are no attempts either. */
  static FinishedAttempt in(String stagingFolder, Configuration conf) {
    return stagingFolder == null || stagingFolder.isEmpty() ? null : new FinishedAttempt(new Path(stagingFolder, "yarndl-outcome"), conf);
  }

  Outcome read() throws IOException {
    FileSystem store = file.getFileSystem(conf);
    if (!store.exists(file)) {
      return null;
    }
    byte[] bytes = new byte[(int) Math.min(MOST, store.getFileStatus(file).getLen())];
    try (FSDataInputStream in = store.open(file)) {
      in.readFully(bytes);
    }
    return Outcome.read(new ByteReader(bytes));
  }

  void write(Outcome outcome) throws IOException {
    try (FSDataOutputStream out = file.getFileSystem(conf).create(file, true)) {
      out.write(outcome.bytes());
    }
  }
}
