package org.yarndl.testcluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClusterOptionsTest {
  @Test
  void memory_checks_are_on_and_there_are_two_nodes_unless_told_otherwise() {
    ClusterOptions o = ClusterOptions.parse(new String[] {"folder", "--nm-mb", "6144", "-Dk=v=w"});
    assertTrue(o.virtualMemoryCheck);
    assertEquals(2, o.nodeManagers);
    assertEquals(6144, o.nodeMemoryMb);
    assertEquals("v=w", o.settings.get("k"));
  }

  @Test
  void an_unknown_option_and_a_missing_value_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> ClusterOptions.parse(new String[] {"folder", "--nodes", "3"}));
    assertThrows(IllegalArgumentException.class, () -> ClusterOptions.parse(new String[] {"folder", "--nm"}));
    assertThrows(IllegalArgumentException.class, () -> ClusterOptions.parse(new String[] {}));
  }

  @Test
  void texts_are_quoted_in_json() {
    assertEquals("{\"a\": \"x\\\"\\\\\\u000a\", \"b\": 3, \"c\": null}", Json.object("a", "x\"\\\n", "b", 3, "c", null));
  }
}
