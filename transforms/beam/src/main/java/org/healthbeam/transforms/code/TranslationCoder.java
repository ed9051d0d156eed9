package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link Translation}, deterministically; enums as their published codes. */
public final class TranslationCoder extends CompactCoder<Translation> {
  private static final long serialVersionUID = 1L;
  private static final TranslationCoder INSTANCE = new TranslationCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarIntCoder COUNT = VarIntCoder.of();
  private static final BooleanCoder FLAG = BooleanCoder.of();
  private static final ListCoder<Property> PROPERTIES = ListCoder.of(new PropertyCoder());
  private static final CodingCoder CODING = CodingCoder.of();

  private TranslationCoder() {
    super(Translation.class);
  }

  /** {@return the coder, of which there is one} */
  public static TranslationCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Translation value, OutputStream out) throws IOException {
    CODING.encode(value.source(), out);
    TEXT.encode(value.system(), out);
    TEXT.encode(value.outcome().code(), out);
    TEXT.encode(value.reason().code(), out);
    COUNT.encode(value.accepted(), out);
    COUNT.encode(value.answers().size(), out);
    for (Answer answer : value.answers()) {
      CODING.encode(answer.target(), out);
      TEXT.encode(answer.relationship().code(), out);
      encode(answer.map(), out);
      encode(answer.asked(), out);
      TEXT.encode(answer.condition().code(), out);
      encode(answer.detail(), out);
      FLAG.encode(answer.fallback(), out);
    }
    TEXT.encode(value.maps(), out);
  }

  @Override
  public Translation decode(InputStream in) throws IOException {
    Coding source = CODING.decode(in);
    String system = TEXT.decode(in);
    TranslationOutcome outcome = TranslationOutcome.fromCode(TEXT.decode(in));
    TranslationReason reason = TranslationReason.fromCode(TEXT.decode(in));
    int accepted = COUNT.decode(in);
    int n = COUNT.decode(in);
    List<Answer> answers = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      answers.add(
          new Answer(
              CODING.decode(in),
              Relationship.fromR5(TEXT.decode(in)),
              decodeId(in),
              decodeId(in),
              Condition.fromCode(TEXT.decode(in)),
              decodeDetail(in),
              FLAG.decode(in)));
    }
    String maps = TEXT.decode(in);
    return new Translation(source, system, outcome, reason, answers, accepted, maps);
  }

  private static void encode(Answer.Detail detail, OutputStream out) throws IOException {
    boolean none = detail.equals(Answer.Detail.NONE);
    FLAG.encode(none, out);
    if (!none) {
      TEXT.encode(detail.valueSet(), out);
      PROPERTIES.encode(detail.dependsOn(), out);
      PROPERTIES.encode(detail.products(), out);
      TEXT.encode(detail.comment(), out);
    }
  }

  private static Answer.Detail decodeDetail(InputStream in) throws IOException {
    return FLAG.decode(in)
        ? Answer.Detail.NONE
        : new Answer.Detail(
            TEXT.decode(in), PROPERTIES.decode(in), PROPERTIES.decode(in), TEXT.decode(in));
  }

  private static void encode(MapId id, OutputStream out) throws IOException {
    TEXT.encode(id.url(), out);
    TEXT.encode(id.version(), out);
  }

  private static MapId decodeId(InputStream in) throws IOException {
    return new MapId(TEXT.decode(in), TEXT.decode(in));
  }

  private static final class PropertyCoder extends AtomicCoder<Property> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Property value, OutputStream out) throws IOException {
      TEXT.encode(value.name(), out);
      TEXT.encode(value.system(), out);
      TEXT.encode(value.value(), out);
      TEXT.encode(value.display(), out);
      TEXT.encode(value.valueSet(), out);
    }

    @Override
    public Property decode(InputStream in) throws IOException {
      return new Property(
          TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
    }
  }
}
