package org.healthbeam.transforms.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.junit.jupiter.api.Test;

class OutcomeCodersTest {
  private static final List<InputRecord> RECORDS =
      List.of(
          new InputRecord("", "", new byte[0]),
          InputRecord.ofText("gs://bucket/a.ndjson.gz", "17", "{\"a\":1}\n\u00e9\ud83d\ude00"),
          new InputRecord("topic", "3:99", new byte[] {0, -1, 127, -128, 10}),
          InputRecord.ofText("file", "1", "x".repeat(100_000)));

  @Test
  void recordsKeepTheLawsOfCoders() throws Exception {
    keepsTheLaws(InputRecordCoder.of(), RECORDS);
  }

  @Test
  void rejectsOfEveryReasonKeepTheLawsOfCoders() throws Exception {
    List<Rejected> rejects = new ArrayList<>();
    for (RejectReason reason : RejectReason.values()) {
      rejects.add(new Rejected("Stage", reason, "d\u00e9tail", "file", "1", "00ff"));
    }
    rejects.add(new Rejected("", RejectReason.LATE, "", "", "", ""));
    keepsTheLaws(RejectedCoder.of(), rejects);
  }

  @Test
  void whatEndsInTheMiddleIsAnError() throws CoderException {
    byte[] bytes = CoderUtils.encodeToByteArray(InputRecordCoder.of(), RECORDS.get(1));
    for (int length = 0; length < bytes.length; length++) {
      InputStream part = new ByteArrayInputStream(bytes, 0, length);
      assertThrows(IOException.class, () -> InputRecordCoder.of().decode(part));
    }
  }

  @Test
  void everyPipelineKnowsTheCoders() throws CannotProvideCoderException {
    CoderRegistry registry = CoderRegistry.createDefault();
    assertEquals(InputRecordCoder.of(), registry.getCoder(InputRecord.class));
    assertEquals(RejectedCoder.of(), registry.getCoder(Rejected.class));
  }

  private static <T> void keepsTheLaws(Coder<T> coder, List<T> values) throws Exception {
    coder.verifyDeterministic();
    CoderProperties.coderSerializable(coder);
    for (T value : values) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      T copy = CoderUtils.clone(coder, value);
      CoderProperties.coderDeterministic(coder, value, copy);
      for (T other : values) {
        CoderProperties.coderConsistentWithEquals(coder, value, other);
      }
    }
  }
}
