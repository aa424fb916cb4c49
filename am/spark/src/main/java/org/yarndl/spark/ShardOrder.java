package org.yarndl.spark;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/** Where a row of a canonical number goes: its shard by the rule of docs/block-file.md, and its place there. Keys: i32 shard, i64 number, big endian. */
final class ShardOrder extends Partitioner implements Comparator<byte[]>, Serializable {
  private static final long serialVersionUID = 1;
  private final long rows;
  private final int blocks;
  private final int shards;

  ShardOrder(long rows, int blocks, int shards) {
    this.rows = rows;
    this.blocks = blocks;
    this.shards = shards;
  }

  byte[] key(long number) {
    long least = rows / blocks;
    long larger = rows % blocks;
    long block = number < larger * (least + 1) ? number / (least + 1) : larger + (number - larger * (least + 1)) / least;
    int shard = (int) (block % shards);
    return java.nio.ByteBuffer.allocate(12).putInt(shard).putLong(number).array();
  }

  @Override
  public int numPartitions() {
    return shards;
  }

  @Override
  public int getPartition(Object key) {
    return java.nio.ByteBuffer.wrap((byte[]) key).getInt();
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    return RecordOrder.compare(a, 0, 12, b, 0, 12);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardOrder && ((ShardOrder) other).rows == rows && ((ShardOrder) other).blocks == blocks && ((ShardOrder) other).shards == shards;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rows) * 31 + shards;
  }
}
