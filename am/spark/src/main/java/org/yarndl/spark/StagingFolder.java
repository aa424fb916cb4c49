package org.yarndl.spark;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/** A folder for rows that nobody may see yet. What an application left that was killed goes when the next one makes a folder beside it. */
final class StagingFolder implements Closeable {
  private static final String PREFIX = "yarndl-rows-";
  private static final String SUFFIX = ".tmp";
  private static final String ALIVE = "alive";

  private final FileSystem store;
  private final Heartbeat heartbeat;
  final Path path;

  private StagingFolder(FileSystem store, Path path, String application) throws IOException {
    this.store = store;
    this.path = path;
    store.mkdirs(path);
    heartbeat = new Heartbeat(store, new Path(path, ALIVE), application);
  }

  /** @param target where the rows go in the end, a path; empty = a table: the folder lies in the user's home */
  static StagingFolder create(SparkContext spark, String target) throws IOException {
    Path parent = target.isEmpty() ? new Path(FileSystem.get(spark.hadoopConfiguration()).getHomeDirectory(), ".yarndl") : new Path(target).getParent();
    return in(parent.getFileSystem(spark.hadoopConfiguration()), parent, spark.applicationId());
  }

  static StagingFolder in(FileSystem store, Path parent, String application) throws IOException {
    sweep(store, parent, application);
    // no leading dot: Hadoop's inputs leave hidden files out
    return new StagingFolder(store, store.makeQualified(new Path(parent, PREFIX + UUID.randomUUID() + SUFFIX)), application);
  }

  private static void sweep(FileSystem store, Path parent, String application) throws IOException {
    FileStatus[] beside;
    try {
      beside = store.listStatus(parent);
    } catch (FileNotFoundException e) {
      return;
    }
    for (FileStatus s : beside) {
      String name = s.getPath().getName();
      if (s.isDirectory() && name.startsWith(PREFIX) && name.endsWith(SUFFIX) && Heartbeat.isDead(store, new Path(s.getPath(), ALIVE), application)) {
        store.delete(s.getPath(), true);
      }
    }
  }

  /** Leaves everything, as a process that is killed. */
  void abandon() {
    heartbeat.stop();
  }

  @Override
  public void close() throws IOException {
    heartbeat.close();
    store.delete(path, true);
  }
}
