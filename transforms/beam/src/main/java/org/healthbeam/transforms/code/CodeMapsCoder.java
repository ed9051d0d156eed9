package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes which maps are used, deterministically; not what they say. */
public final class CodeMapsCoder extends AtomicCoder<CodeMaps> {
  private static final long serialVersionUID = 1L;
  private static final CodeMapsCoder INSTANCE = new CodeMapsCoder();
  private static final ListCoder<String> TEXTS = ListCoder.of(StringUtf8Coder.of());
  private static final BooleanCoder FLAG = BooleanCoder.of();

  private CodeMapsCoder() {}

  /** {@return the coder, of which there is one} */
  public static CodeMapsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CodeMaps value, OutputStream out) throws IOException {
    TEXTS.encode(value.pathsAndDigests(), out);
    TEXTS.encode(value.used(), out);
    FLAG.encode(value.isLatest(), out);
    FLAG.encode(value.isReversed(), out);
    // In the order of the names, so that the same maps have the same bytes.
    TEXTS.encode(List.copyOf(value.leftOut().keySet()), out);
    TEXTS.encode(List.copyOf(value.leftOut().values()), out);
  }

  @Override
  public CodeMaps decode(InputStream in) throws IOException {
    List<String> pathsAndDigests = TEXTS.decode(in);
    List<String> used = TEXTS.decode(in);
    boolean latest = FLAG.decode(in);
    boolean reversed = FLAG.decode(in);
    List<String> leftOut = TEXTS.decode(in);
    List<String> reasons = TEXTS.decode(in);
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < leftOut.size(); i++) {
      byName.put(leftOut.get(i), reasons.get(i));
    }
    return CodeMaps.of(pathsAndDigests, used, latest, reversed, byName);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
