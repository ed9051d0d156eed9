package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.ScoreParameter;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes an {@link EarlyWarningScore}, deterministically. */
public final class EarlyWarningScoreCoder extends CompactCoder<EarlyWarningScore> {
  private static final long serialVersionUID = 1L;
  private static final EarlyWarningScoreCoder INSTANCE = new EarlyWarningScoreCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private EarlyWarningScoreCoder() {
    super(EarlyWarningScore.class);
  }

  /** {@return the coder, of which there is one} */
  public static EarlyWarningScoreCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(EarlyWarningScore s, OutputStream out) throws IOException {
    TEXT.encode(s.subject(), out);
    KindCoding.write(s.time(), out);
    TEXT.encode(s.scoreName(), out);
    KindCoding.write(s.score(), out);
    TEXT.encode(s.risk(), out);
    VarInt.encode(s.revision(), out);
    KindCoding.write(s.isFinal(), out);
    KindCoding.write(s.withdrawn(), out);
    KindCoding.write(s.minPossible(), out);
    KindCoding.write(s.maxPossible(), out);
    VarInt.encode(s.parameters().size(), out);
    for (ScoreParameter p : s.parameters()) {
      VarInt.encode(p.points() + 1, out);
      TEXT.encode(p.value(), out);
      KindCoding.write(p.ageSeconds(), out);
    }
  }

  @Override
  public EarlyWarningScore decode(InputStream in) throws IOException {
    String subject = TEXT.decode(in);
    Instant time = KindCoding.readTime(in);
    String name = TEXT.decode(in);
    double score = KindCoding.readDouble(in);
    String risk = TEXT.decode(in);
    long revision = VarInt.decodeLong(in);
    boolean isFinal = KindCoding.readFlag(in);
    boolean withdrawn = KindCoding.readFlag(in);
    double min = KindCoding.readDouble(in);
    double max = KindCoding.readDouble(in);
    int n = VarInt.decodeInt(in);
    List<ScoreParameter> parameters = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      parameters.add(
          new ScoreParameter(VarInt.decodeInt(in) - 1, TEXT.decode(in), KindCoding.readDouble(in)));
    }
    return new EarlyWarningScore(
        subject, time, name, score, risk, revision, isFinal, withdrawn, min, max, parameters);
  }
}
