package org.yarndl.spark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Partitions as SHOW PARTITIONS and folders spell them: day=2026-11-21/kind=a%2Fb. */
final class PartitionName {
  /** What Hive writes for null. */
  static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private PartitionName() {}

  /** Column to value. */
  static Map<String, String> values(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : name.split("/")) {
      int eq = part.indexOf('=');
      values.put(unescape(part.substring(0, eq)), unescape(part.substring(eq + 1)));
    }
    return values;
  }

  /** As in PARTITION (...) of an SQL statement. */
  static String sql(String name) {
    List<String> parts = new ArrayList<>();
    values(name).forEach((column, value) -> parts.add('`' + column.replace("`", "``") + "`=" + (value.equals(NULL) ? "null" : literal(value))));
    return String.join(", ", parts);
  }

  /** One part of a partition's folder. */
  static String part(String column, String value) {
    return escape(column) + '=' + (value.isEmpty() ? NULL : escape(value));
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == 0x7F || "\"#%'*/:=?\\{[]^".indexOf(c) >= 0) {
        out.append(String.format("%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  static String literal(String text) {
    return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
  }

  /** %XX of UTF-8 bytes, as Hive escapes folders. */
  private static String unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length();) {
      if (text.charAt(i) == '%' && i + 2 < text.length() && text.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        int next = text.offsetByCodePoints(i, 1);
        byte[] character = text.substring(i, next).getBytes(StandardCharsets.UTF_8);
        bytes.write(character, 0, character.length);
        i = next;
      }
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
