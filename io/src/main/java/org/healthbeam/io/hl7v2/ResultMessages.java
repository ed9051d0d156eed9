package org.healthbeam.io.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.Version;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.read.KindCodes;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.healthbeam.core.vital.read.ResultMessage;
import org.healthbeam.core.vital.read.VitalsFormat;

/**
 * Reads the vital signs of HL7 v2 messages, ORU^R01, in the encoding with bars (ER7).
 *
 * <p>A record is one message, with or without the bytes that frame it (MLLP), or a segment that
 * begins or ends a batch or a file (FHS, BHS, BTS, FTS). Segments end at CR, LF or both. Each
 * segment is taken apart by HAPI's parser, so that a broken one does not take the others along; the
 * order of the segments says which belongs to which, and segments that are not known are passed
 * over. What the fields mean is in {@link ResultMessage}.
 *
 * <p>Errors: a message of another type or of a version that HL7 v2 does not have is refused as
 * unsupported; one without MSH or with broken encoding characters, and a segment whose name is
 * none, as malformed. The position of an observation is the message's, with {@code /OBX[n]}, from
 * 1; that of a broken segment has {@code /segment[n]}.
 *
 * <p>Text is in the character set of MSH-18 ({@code 8859/n}, else UTF-8).
 */
public final class ResultMessages implements VitalsFormat {
  private static final long serialVersionUID = 1L;
  private static final Pattern END_OF_SEGMENT = Pattern.compile("\r\n|[\r\n]");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");
  private static final Pattern LATIN = Pattern.compile("8859/(1[0-5]|[1-9])");
  private static final int NAME_LENGTH = 3;

  /** Made where it is needed; a parser is not for several threads. */
  @Nullable private transient PipeParser parser;

  @Override
  public void parse(InputRecord record, KindCodes kinds, ZoneId zone, ParsedVitals into) {
    String[] segments = END_OF_SEGMENT.split(text(record.bytes(), StandardCharsets.ISO_8859_1));
    int first = 0;
    while (first < segments.length && segments[first].isBlank()) {
      first++;
    }
    if (first < segments.length && isOfBatch(segments[first])) {
      into.resource(ParsedVitals.BATCH);
      return;
    }
    try {
      if (first == segments.length || !segments[first].startsWith("MSH")) {
        throw new RejectedException(RejectReason.MALFORMED, "the message does not begin with MSH");
      }
      EncodingCharacters characters = characters(segments[first]);
      HapiFields header = fields(segments[first], characters);
      check(header);
      Charset charset = charset(header.get(18, 1));
      ResultMessage message = new ResultMessage(record, header, zone, kinds, into);
      for (int i = first + 1; i < segments.length; i++) {
        if (!segments[i].isBlank()) {
          byte[] bytes = segments[i].getBytes(StandardCharsets.ISO_8859_1);
          segment(
              message,
              new String(bytes, charset),
              bytes,
              characters,
              into,
              record.position() + "/segment[" + (i - first + 1) + "]");
        }
      }
    } catch (RejectedException e) {
      into.refuseResource(e, record.bytes());
    }
  }

  /** Returns the text without what frames it. */
  private static String text(byte[] bytes, Charset charset) {
    int from = 0;
    int to = bytes.length;
    while (from < to && bytes[from] >= 0 && bytes[from] <= ' ') {
      from++;
    }
    while (to > from && (bytes[to - 1] == 0x1C || bytes[to - 1] == '\r' || bytes[to - 1] == '\n')) {
      to--;
    }
    return new String(bytes, from, to - from, charset);
  }

  private static boolean isOfBatch(String segment) {
    return segment.startsWith("FHS")
        || segment.startsWith("BHS")
        || segment.startsWith("BTS")
        || segment.startsWith("FTS");
  }

  private static EncodingCharacters characters(String header) throws RejectedException {
    char separator = header.length() > NAME_LENGTH ? header.charAt(NAME_LENGTH) : 'A';
    int end = header.indexOf(separator, NAME_LENGTH + 1);
    String others = end < 0 ? "" : header.substring(NAME_LENGTH + 1, end);
    String all = separator + others;
    boolean good =
        others.length() >= 4
            && others.length() <= 5
            && all.chars().distinct().count() == all.length()
            && all.chars().allMatch(c -> c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c));
    if (!good) {
      throw new RejectedException(
          RejectReason.MALFORMED, "MSH-1 and MSH-2 are not five or six encoding characters");
    }
    return new EncodingCharacters(separator, others.substring(0, 4));
  }

  private static void check(HapiFields header) throws RejectedException {
    if (Version.versionOf(header.get(12, 1)) == null) {
      throw new RejectedException(RejectReason.UNSUPPORTED, "MSH-12 is no version of HL7 v2");
    }
    if (!ResultMessage.isResultMessage(header)) {
      throw new RejectedException(RejectReason.UNSUPPORTED, "MSH-9 is not ORU^R01");
    }
  }

  private static Charset charset(String name) {
    Matcher latin = LATIN.matcher(name);
    // There never was a part 12.
    return latin.matches() && Charset.isSupported("ISO-8859-" + latin.group(1))
        ? Charset.forName("ISO-8859-" + latin.group(1))
        : StandardCharsets.UTF_8;
  }

  private void segment(
      ResultMessage message,
      String text,
      byte[] payload,
      EncodingCharacters characters,
      ParsedVitals into,
      String position) {
    try {
      boolean named =
          text.length() >= NAME_LENGTH
              && NAME.matcher(text.substring(0, NAME_LENGTH)).matches()
              && (text.length() == NAME_LENGTH
                  || text.charAt(NAME_LENGTH) == characters.getFieldSeparator());
      if (!named) {
        throw new RejectedException(RejectReason.MALFORMED, "the segment has no name");
      }
      message.segment(text.substring(0, NAME_LENGTH), fields(text, characters), payload);
    } catch (RejectedException e) {
      into.refuseResource(e, payload, position);
    }
  }

  private HapiFields fields(String text, EncodingCharacters characters) throws RejectedException {
    if (parser == null) {
      HapiContext context = new DefaultHapiContext(new GenericModelClassFactory());
      context.setValidationContext(ValidationContextFactory.noValidation());
      parser = new PipeParser(context);
    }
    GenericSegment segment =
        new GenericSegment(
            new GenericMessage.V251(new GenericModelClassFactory()),
            text.substring(0, NAME_LENGTH));
    try {
      parser.parse(segment, text, characters);
    } catch (HL7Exception | RuntimeException e) {
      // Its message quotes the input.
      throw new RejectedException(RejectReason.MALFORMED, "the segment cannot be taken apart");
    }
    return new HapiFields(segment);
  }
}
