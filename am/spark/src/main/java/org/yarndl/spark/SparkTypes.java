package org.yarndl.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.ColumnType;

/** Spark's types as ours, and back. Types that neither side can keep exactly are refused by name. */
final class SparkTypes {
  private SparkTypes() {}

  static List<ColumnField> fields(StructType schema) {
    List<ColumnField> fields = new ArrayList<>();
    for (StructField f : schema.fields()) {
      fields.add(field(f.name(), f.dataType()));
    }
    return fields;
  }

  static ColumnField field(String name, DataType type) {
    if (type instanceof DecimalType) {
      DecimalType decimal = (DecimalType) type;
      return new ColumnField(name, ColumnType.DECIMAL, decimal.precision(), decimal.scale(), Collections.emptyList());
    } else if (type instanceof ArrayType) {
      return nested(name, ColumnType.LIST, field("element", ((ArrayType) type).elementType()));
    } else if (type instanceof MapType) {
      MapType map = (MapType) type;
      return nested(name, ColumnType.MAP, field("key", map.keyType()), field("value", map.valueType()));
    } else if (type instanceof StructType) {
      return new ColumnField(name, ColumnType.STRUCT, 0, 0, fields((StructType) type));
    }
    return new ColumnField(name, simple(name, type.typeName()));
  }

  private static ColumnField nested(String name, ColumnType type, ColumnField... children) {
    return new ColumnField(name, type, 0, 0, Arrays.asList(children));
  }

  /** By name, for a release may lack the class of a type. */
  private static ColumnType simple(String column, String type) {
    switch (type) {
      case "boolean": return ColumnType.BOOL;
      case "byte": return ColumnType.INT8;
      case "short": return ColumnType.INT16;
      case "integer": return ColumnType.INT32;
      case "long": return ColumnType.INT64;
      case "float": return ColumnType.FLOAT32;
      case "double": return ColumnType.FLOAT64;
      case "string": return ColumnType.TEXT;
      case "binary": return ColumnType.BINARY;
      case "date": return ColumnType.DATE;
      case "timestamp":
      case "timestamp_ntz": return ColumnType.TIMESTAMP;
      default:
        if (type.startsWith("char") || type.startsWith("varchar")) {
          return ColumnType.TEXT;
        }
        throw new IllegalArgumentException("[rows] column " + column + " is of Spark's type " + type
            + ", which YarnDL does not read; select a cast of it, or leave it out");
    }
  }

  static StructType schema(List<ColumnField> fields) {
    StructField[] found = new StructField[fields.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = DataTypes.createStructField(fields.get(i).name, type(fields.get(i)), true);
    }
    return DataTypes.createStructType(found);
  }

  private static DataType type(ColumnField field) {
    switch (field.type) {
      case BOOL: return DataTypes.BooleanType;
      case INT8: return DataTypes.ByteType;
      case UINT8:
      case INT16: return DataTypes.ShortType;
      case UINT16:
      case INT32: return DataTypes.IntegerType;
      case UINT32:
      case INT64: return DataTypes.LongType;
      case FLOAT32: return DataTypes.FloatType;
      case FLOAT64: return DataTypes.DoubleType;
      case DECIMAL: return DataTypes.createDecimalType(field.precision, field.scale);
      case TEXT: return DataTypes.StringType;
      case BINARY: return DataTypes.BinaryType;
      case DATE: return DataTypes.DateType;
      case TIMESTAMP: return DataTypes.TimestampType;
      case LIST: return DataTypes.createArrayType(type(field.children.get(0)), true);
      case STRUCT: return schema(field.children);
      default:
        throw new IllegalArgumentException("[rows] column " + field.name + " of type " + field.type.name().toLowerCase(java.util.Locale.ROOT)
            + " cannot be written to a Spark table; leave it out");
    }
  }
}
