package org.healthbeam.transforms.code;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.testing.CoderProperties;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CodeCodersTest {
  private static final List<Coding> CODINGS =
      List.of(Coding.of("", ""), new Coding("urn:s", "2", "00ä", "Ünï 中 \t"));

  @Test
  void valuesComeBackAsTheyWere() throws Exception {
    for (Coding coding : CODINGS) {
      check(CodingCoder.of(), coding);
      Translation invalid = Translation.invalid(coding, TranslationReason.NO_CODE);
      check(TranslationCoder.of(), invalid);
      check(PlacedTranslationCoder.of(), CodesTest.placed("Observation.code", invalid));
    }
    check(TranslationCoder.of(), CodesTest.mapped("LN"));
    check(TranslationCoder.of(), CodesTest.ambiguous());
    check(TranslationCoder.of(), CodesTest.conditional());
    check(TranslationCoder.of(), CodesTest.unmappedIn("urn:m|1 urn:n|2"));
    check(PlacedTranslationCoder.of(), CodesTest.placed("a.b[0]", CodesTest.ambiguous()));
    for (TranslationOutcome outcome : TranslationOutcome.values()) {
      check(CoverageCoder.of(), new Coverage("urn:s", outcome, Long.MAX_VALUE));
    }
  }

  @Test
  void theCodersAreFoundByTheirTypes() throws Exception {
    CoderRegistry registry = CoderRegistry.createDefault();
    Assertions.assertEquals(CodingCoder.of(), registry.getCoder(Coding.class));
    Assertions.assertEquals(TranslationCoder.of(), registry.getCoder(Translation.class));
    Assertions.assertEquals(
        PlacedTranslationCoder.of(), registry.getCoder(PlacedTranslation.class));
    Assertions.assertEquals(CoverageCoder.of(), registry.getCoder(Coverage.class));
  }

  private static <T> void check(Coder<T> coder, T value) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, value);
    CoderProperties.coderConsistentWithEquals(coder, value, value);
    CoderProperties.coderSerializable(coder);
  }
}
