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
import java.util.ArrayList;
import java.util.List;
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
 * <p>A record is one message or several, with or without the bytes that frame them (MLLP) and the
 * segments that begin or end a batch or a file (FHS, BHS, BTS, FTS). Segments end at CR, LF or
 * both. Each segment is taken apart by HAPI's parser, so that a broken observation or note does not
 * take the others along; the order of the segments says which belongs to which, and segments that
 * are not known are passed over. Any other broken segment may have been a patient's: what follows
 * is refused until the next patient. What the fields mean is in {@link ResultMessage}.
 *
 * <p>Errors: a message of another type, of a version that HL7 v2 does not have or in a character
 * set that is not read is refused as unsupported; one without MSH or with broken encoding
 * characters, and a segment whose name is none, as malformed. The position of an observation is the
 * message's, with {@code /OBX[n]}, from 1; that of a broken segment has {@code /segment[n]}. Where
 * a record has several messages, {@code /message[n]} stands before.
 *
 * <p>Text is in the character set of MSH-18: {@code 8859/n}, ASCII or UTF-8; UTF-8 where it says
 * nothing.
 */
public final class ResultMessages implements VitalsFormat {
  private static final long serialVersionUID = 1L;
  private static final Pattern END_OF_SEGMENT = Pattern.compile("\r\n|[\r\n\u000B\u001C]");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9]{2}");
  private static final Pattern LATIN =
      Pattern.compile("(?:ISO[ _-]?)?8859[/-]([0-9]{1,2})", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNICODE =
      Pattern.compile("|(US-)?ASCII|UNICODE|(UNICODE )?UTF-?8", Pattern.CASE_INSENSITIVE);
  private static final int NAME_LENGTH = 3;

  /** Made where it is needed; a parser is not for several threads. */
  @Nullable private transient PipeParser parser;

  @Override
  public void parse(InputRecord record, KindCodes kinds, ZoneId zone, ParsedVitals into) {
    List<List<String>> parts = parts(record.bytes());
    if (parts.isEmpty()) {
      into.refuseResource(withoutHeader(), record.bytes());
      return;
    }
    boolean several = parts.stream().filter(p -> !isOfBatch(p.get(0))).count() > 1;
    int messages = 0;
    for (List<String> part : parts) {
      if (isOfBatch(part.get(0))) {
        into.resource(ParsedVitals.BATCH);
        continue;
      }
      messages++;
      InputRecord message =
          new InputRecord(
              record.source(),
              several ? record.position() + "/message[" + messages + "]" : record.position(),
              parts.size() == 1 ? record.bytes() : bytes(String.join("\r", part)));
      try {
        message(message, part, kinds, zone, into);
      } catch (RejectedException e) {
        into.refuseResource(e, message.bytes(), message.position());
      }
    }
  }

  /** {@return the segments of each message, and those around messages, each by itself} */
  private static List<List<String>> parts(byte[] bytes) {
    List<List<String>> parts = new ArrayList<>(1);
    List<String> open = null;
    for (String segment : END_OF_SEGMENT.split(new String(bytes, StandardCharsets.ISO_8859_1))) {
      String text = afterBlanks(segment);
      boolean ofBatch = isOfBatch(text);
      if (open != null && !ofBatch && !text.startsWith("MSH")) {
        open.add(segment);
      } else if (!text.isEmpty()) {
        List<String> part = new ArrayList<>(8);
        part.add(text);
        parts.add(part);
        open = ofBatch ? null : part;
      }
    }
    return parts;
  }

  private static String afterBlanks(String segment) {
    int at = 0;
    while (at < segment.length() && segment.charAt(at) <= ' ') {
      at++;
    }
    return segment.substring(at);
  }

  private void message(
      InputRecord record, List<String> segments, KindCodes kinds, ZoneId zone, ParsedVitals into)
      throws RejectedException {
    if (!segments.get(0).startsWith("MSH")) {
      throw withoutHeader();
    }
    EncodingCharacters characters = characters(segments.get(0));
    HapiFields header = fields(segments.get(0), characters);
    check(header);
    Charset charset = charset(header.get(18, 1).strip());
    ResultMessage message = new ResultMessage(record, header, zone, kinds, into);
    for (int i = 1; i < segments.size(); i++) {
      if (!segments.get(i).isBlank()) {
        byte[] bytes = bytes(segments.get(i));
        String text = new String(bytes, charset);
        try {
          message.segment(name(text, characters), fields(text, characters), bytes);
        } catch (RejectedException e) {
          if (!isObservationOrNote(text, characters)) {
            message.losePatient();
          }
          into.refuseResource(e, bytes, record.position() + "/segment[" + (i + 1) + "]");
        }
      }
    }
  }

  private static RejectedException withoutHeader() {
    return new RejectedException(RejectReason.MALFORMED, "the message does not begin with MSH");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
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

  private static Charset charset(String name) throws RejectedException {
    Matcher latin = LATIN.matcher(name);
    // There never was a part 12.
    if (latin.matches() && Charset.isSupported("ISO-8859-" + latin.group(1))) {
      return Charset.forName("ISO-8859-" + latin.group(1));
    }
    if (UNICODE.matcher(name).matches()) {
      return StandardCharsets.UTF_8;
    }
    throw new RejectedException(
        RejectReason.UNSUPPORTED, "MSH-18 is no character set that is read");
  }

  private static String name(String text, EncodingCharacters characters) throws RejectedException {
    boolean named =
        text.length() >= NAME_LENGTH
            && NAME.matcher(text.substring(0, NAME_LENGTH)).matches()
            && (text.length() == NAME_LENGTH
                || text.charAt(NAME_LENGTH) == characters.getFieldSeparator());
    if (!named) {
      throw new RejectedException(RejectReason.MALFORMED, "the segment has no name");
    }
    return text.substring(0, NAME_LENGTH);
  }

  private static boolean isObservationOrNote(String text, EncodingCharacters characters) {
    return text.startsWith("OBX" + characters.getFieldSeparator())
        || text.startsWith("NTE" + characters.getFieldSeparator());
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
