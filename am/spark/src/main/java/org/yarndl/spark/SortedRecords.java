package org.yarndl.spark;

import java.io.Closeable;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.yarndl.bridge.ByteReader;

/** Encoded rows of one side in canonical order, in parts that are ranges of ids; computed once and kept on the executors' disks. */
final class SortedRecords implements Closeable {
  private final JavaPairRDD<byte[], Boolean> sorted;
  private final int parts;
  private long[] firstOf = new long[0];

  SortedRecords(JavaSparkContext spark, WorkerSettings settings, List<String> paths, int side, int parts) {
    this.parts = parts;
    sorted = spark.parallelize(paths, Math.max(1, paths.size()))
        .flatMap(path -> StagedFile.read(settings.configuration(), path, side))
        .mapToPair(record -> new scala.Tuple2<>(record, Boolean.TRUE))
        .repartitionAndSortWithinPartitions(new RecordOrder.Ranges(parts), new RecordOrder())
        .persist(StorageLevel.DISK_ONLY());
  }

  /** Of each part: rows, bytes of encoded rows, origins of the first two rows of one id. */
  List<byte[]> count() {
    List<byte[]> counts = sorted.mapPartitions(PartTasks::count).collect();
    firstOf = new long[parts];
    long first = 0;
    for (int p = 0; p < parts; p++) {
      firstOf[p] = first;
      first += new ByteReader(counts.get(p)).i64();
    }
    return counts;
  }

  byte[] ids(int part) {
    return sorted.mapPartitions(PartTasks::ids).collectPartitions(new int[] {part})[0].get(0);
  }

  /** Of each shard, in order: folder of the try, reply frame. */
  List<byte[]> cut(WorkerCall worker, byte[] cut, ShardOrder shards) {
    long[] first = firstOf;
    return sorted.mapPartitionsWithIndex((part, rows) -> PartTasks.deal(shards, first[part], rows), false)
        .mapToPair(row -> row)
        .repartitionAndSortWithinPartitions(shards, shards)
        .mapPartitionsWithIndex((shard, rows) -> PartTasks.cut(worker, cut, shard, rows), false)
        .collect();
  }

  @Override
  public void close() {
    sorted.unpersist(false);
  }
}
