package org.yarndl.bridge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A column of a table, or a field of a struct. Lists have one child (element), maps two (key, value). */
public final class ColumnField implements java.io.Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_FIELDS = 1 << 16;
  private static final int DEEPEST = 64;

  public final String name;
  public final ColumnType type;
  public final int precision;
  public final int scale;
  public final List<ColumnField> children;

  public ColumnField(String name, ColumnType type, int precision, int scale, List<ColumnField> children) {
    this.name = name;
    this.type = type;
    this.precision = precision;
    this.scale = scale;
    this.children = children;
  }

  public ColumnField(String name, ColumnType type) {
    this(name, type, 0, 0, Collections.emptyList());
  }

  /** The columns of a table: their count, then each with its children. */
  public static void write(List<ColumnField> fields, ByteWriter out) {
    out.i32(fields.size());
    for (ColumnField f : fields) {
      out.text(f.name).u8(f.type.number).i32(f.precision).i32(f.scale);
      write(f.children, out);
    }
  }

  public static List<ColumnField> read(ByteReader in) {
    return read(in, 0);
  }

  private static List<ColumnField> read(ByteReader in, int depth) {
    int count = in.count(MOST_FIELDS);
    if (depth > DEEPEST) {
      throw new ProtocolException("columns nested deeper than " + DEEPEST);
    }
    List<ColumnField> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      ColumnType type = ColumnType.of(in.u8());
      int precision = in.i32();
      int scale = in.i32();
      List<ColumnField> children = read(in, depth + 1);
      int expected = type == ColumnType.LIST ? 1 : type == ColumnType.MAP ? 2 : type == ColumnType.STRUCT ? children.size() : 0;
      if (children.size() != expected) {
        throw new ProtocolException("column " + name + " of type " + type + " has " + children.size() + " children");
      }
      fields.add(new ColumnField(name, type, precision, scale, children));
    }
    return fields;
  }
}
