package org.yarndl.spark;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/**
 * Canonical order of encoded rows (16 bytes id, i32 length of the row, i32 length of its origin, row, origin): by id, then origin, then
 * row, bytes unsigned.
 */
final class RecordOrder implements Comparator<byte[]>, Serializable {
  private static final long serialVersionUID = 1;
  static final int ID = 16;
  static final int HEAD = ID + 8;

  @Override
  public int compare(byte[] a, byte[] b) {
    int byId = compare(a, 0, ID, b, 0, ID);
    if (byId != 0) {
      return byId;
    }
    int rowA = HEAD + length(a, ID);
    int rowB = HEAD + length(b, ID);
    int byOrigin = compare(a, rowA, a.length, b, rowB, b.length);
    return byOrigin != 0 ? byOrigin : compare(a, HEAD, rowA, b, HEAD, rowB);
  }

  static boolean sameId(byte[] a, byte[] b) {
    return compare(a, 0, ID, b, 0, ID) == 0;
  }

  /** A little-endian length. */
  static int length(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | (bytes[at + 3] & 0xFF) << 24;
  }

  /** Lexicographic, bytes unsigned; a prefix comes first. */
  static int compare(byte[] a, int fromA, int toA, byte[] b, int fromB, int toB) {
    int count = Math.min(toA - fromA, toB - fromB);
    for (int i = 0; i < count; i++) {
      int difference = (a[fromA + i] & 0xFF) - (b[fromB + i] & 0xFF);
      if (difference != 0) {
        return difference;
      }
    }
    return (toA - fromA) - (toB - fromB);
  }

  /** Equal ranges of ids: they are hashes, so the ranges hold about equally many rows. */
  static final class Ranges extends Partitioner {
    private static final long serialVersionUID = 1;
    private final int parts;

    Ranges(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object record) {
      byte[] id = (byte[]) record;
      long prefix = (id[0] & 0xFFL) << 24 | (id[1] & 0xFFL) << 16 | (id[2] & 0xFFL) << 8 | (id[3] & 0xFFL);
      return (int) (prefix * parts >>> 32);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ranges && ((Ranges) other).parts == parts;
    }

    @Override
    public int hashCode() {
      return parts;
    }
  }
}
