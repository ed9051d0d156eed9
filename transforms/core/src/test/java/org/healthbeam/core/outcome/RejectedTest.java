package org.healthbeam.core.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RejectedTest {

  @Test
  void everyReasonHasACodeOfItsOwnThatReadsBack() {
    Set<String> codes = new HashSet<>();
    for (RejectReason reason : RejectReason.values()) {
      assertTrue(reason.code().matches("[a-z]+(-[a-z]+)*"), reason.code());
      assertTrue(codes.add(reason.code()));
      assertEquals(reason, RejectReason.fromCode(reason.code()));
    }
    assertThrows(IllegalArgumentException.class, () -> RejectReason.fromCode("MALFORMED"));
  }

  @Test
  void theExceptionSaysReasonAndDetailAndHasNoStackTrace() {
    RejectedException e = new RejectedException(RejectReason.INVALID_TIME, "no zone");
    assertEquals("invalid-time: no zone", e.getMessage());
    assertEquals(RejectReason.INVALID_TIME, e.reason());
    assertEquals("no zone", e.detail());
    assertEquals(0, e.getStackTrace().length);
    e.addSuppressed(new IllegalStateException());
    assertEquals(0, e.getSuppressed().length);
  }

  @Test
  void aRecordIsEqualByContentAndShowsItsPlaceOnly() {
    InputRecord a = InputRecord.ofText("file", "3", "Jane Roe\u00e9");
    InputRecord b = InputRecord.ofText("file", "3", "Jane Roe\u00e9");
    assertEquals(a, b);
    assertEquals(a.hashCode(), b.hashCode());
    assertEquals("Jane Roe\u00e9", a.text());
    assertEquals("file:3", a.toString());
    assertNotEquals(a, InputRecord.ofText("file", "3", "Jane Roe"));
    assertNotEquals(a, InputRecord.ofText("file", "4", "Jane Roe\u00e9"));
    assertNotEquals(a, InputRecord.ofText("other", "3", "Jane Roe\u00e9"));
  }
}
