package org.yarndl.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void only_all_of_its_bytes_match_and_it_never_prints_them() {
    Secret secret = Secret.create();
    byte[] bytes = secret.copy();
    assertTrue(secret.matches(bytes));
    bytes[31] ^= 1;
    assertFalse(secret.matches(bytes));
    assertFalse(secret.matches(new byte[0]));
    assertFalse(secret.matches(Secret.create().copy()));
    assertEquals("(secret)", secret.toString());
  }
}
