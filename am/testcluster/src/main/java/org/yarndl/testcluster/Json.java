package org.yarndl.testcluster;

/** One JSON object of texts and numbers on one line. */
final class Json {
  private Json() {}

  static String object(Object... namesAndValues) {
    StringBuilder s = new StringBuilder("{");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      s.append(i == 0 ? "" : ", ").append(text((String) namesAndValues[i])).append(": ");
      Object value = namesAndValues[i + 1];
      s.append(value == null || value instanceof Number ? String.valueOf(value) : text(value.toString()));
    }
    return s.append('}').toString();
  }

  private static String text(String value) {
    StringBuilder s = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        s.append('\\').append(c);
      } else if (c < 32) {
        s.append(String.format("\\u%04x", (int) c));
      } else {
        s.append(c);
      }
    }
    return s.append('"').toString();
  }
}
