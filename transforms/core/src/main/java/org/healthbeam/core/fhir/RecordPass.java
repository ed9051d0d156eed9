package org.healthbeam.core.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/** One pass over the tokens of one record. */
final class RecordPass {
  private static final int LONGEST_TYPE = 64;

  // A path repeats the names above a coding, and what is told of a coding is larger than "null", so
  // a small record could ask for much memory. No resource that is one comes near to these limits.
  private static final int MAX_CODINGS = 1_000_000;
  private static final long FREE_PATHS = 1 << 20;
  private static final int PATHS_PER_BYTE = 16;

  private final JsonParser in;
  private final OpenParts.Resource root = new OpenParts.Resource(null, 1);
  private final FoundCodings found = new FoundCodings(root);
  private final PropertyNames names = new PropertyNames();
  private OpenParts.Resource resource = root;
  @Nullable private OpenParts.Concept concept;
  @Nullable private OpenParts.MaybeCoding coding;
  private int depth;
  private long pathsLeft;

  RecordPass(JsonFactory json, byte[] line) {
    try {
      this.in = json.createParser(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.pathsLeft = FREE_PATHS + (long) PATHS_PER_BYTE * line.length;
  }

  FoundCodings run() throws RejectedException {
    try (in) {
      JsonToken first = in.nextToken();
      if (first == null) {
        throw malformed("is empty");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new RejectedException(RejectReason.UNSUPPORTED, "is JSON, but not an object");
      }
      depth = 1;
      names.begin();
      while (depth > 0) {
        step(in.nextToken());
      }
      if (in.nextToken() != null) {
        throw malformed("goes on after the end of the object");
      }
      if (root.type.isEmpty()) {
        throw new RejectedException(RejectReason.MISSING_FIELD, "has no resourceType");
      }
      return found;
    } catch (StreamConstraintsException e) {
      throw tooLarge(e);
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the input.
      throw malformed("is not JSON, at byte " + e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(@Nullable JsonToken token) throws IOException, RejectedException {
    if (token == null) {
      throw malformed("ends in the middle");
    }
    switch (token) {
      case FIELD_NAME -> property(in.currentName());
      case START_OBJECT -> {
        depth++;
        names.begin();
        beginObject();
      }
      case END_OBJECT -> {
        endObject();
        names.end();
        depth--;
      }
      case START_ARRAY -> {
        if (concept != null && concept.depth == depth) {
          notACoding(path(in.getParsingContext().getParent()));
        }
        depth++;
        if ("coding".equals(in.getParsingContext().getParent().getCurrentName())) {
          String path = path(in.getParsingContext().getParent());
          count(path);
          concept = new OpenParts.Concept(concept, resource, depth, path);
        }
      }
      case END_ARRAY -> {
        if (concept != null && concept.depth == depth) {
          found.end(concept, (int) in.currentTokenLocation().getByteOffset());
          concept = concept.around;
        }
        depth--;
      }
      default -> {
        // A scalar where a Coding must stand; null is none either.
        if (concept != null && concept.depth == depth) {
          notACoding(concept.path + "[" + in.getParsingContext().getCurrentIndex() + "]");
        }
      }
    }
  }

  private void property(String name) throws IOException, RejectedException {
    if (!names.add(name)) {
      throw malformed("has a property twice in one object");
    }
    if (coding != null && coding.depth == depth && coding.wants(name)) {
      JsonToken value = in.nextToken();
      coding.set(name, value == JsonToken.VALUE_STRING ? in.getText() : null);
      if (value.isStructStart()) {
        step(value);
      }
      return;
    }
    switch (name) {
      case "coding" -> {
        JsonToken value = in.nextToken();
        if (value != JsonToken.START_ARRAY) {
          JsonStreamContext context = in.getParsingContext();
          notACoding(path(value.isStructStart() ? context.getParent() : context));
        }
        if (value.isStructStart()) {
          step(value);
        }
      }
      case "resourceType" -> {
        if (resource.depth == depth) {
          if (in.nextToken() != JsonToken.VALUE_STRING || !isTypeName(in.getText())) {
            throw new RejectedException(
                RejectReason.INVALID_FIELD, "resourceType is not the name of a resource type");
          }
          resource.type = in.getText();
        }
      }
      case "id" -> {
        if (resource.depth == depth) {
          JsonToken value = in.nextToken();
          if (value != JsonToken.VALUE_STRING) {
            throw new RejectedException(RejectReason.INVALID_FIELD, "id is not a string");
          }
          resource.id = in.getText();
        }
      }
      default -> {
        if (EventDates.mayBe(name)) {
          date(name);
        }
      }
    }
  }

  /** Keeps an element of the resource, or of one of its elements, that may be its date. */
  private void date(String name) throws IOException, RejectedException {
    String element = null;
    if (resource.depth == depth) {
      element = name;
    } else if (resource.depth == depth - 1) {
      element = in.getParsingContext().getParent().getCurrentName() + '.' + name;
    }
    if (element != null && EventDates.isElement(element)) {
      JsonToken value = in.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        resource.addDate(element, in.getText());
      } else if (value.isStructStart()) {
        step(value);
      }
    }
  }

  private void beginObject() {
    JsonStreamContext holder = in.getParsingContext().getParent();
    boolean inArray = holder.inArray();
    String name = inArray ? holder.getParent().getCurrentName() : holder.getCurrentName();
    if (name == null) {
      return;
    }
    if (inArray && name.equals("coding")) {
      coding = new OpenParts.MaybeCoding(coding, depth, name, concept);
    } else if (name.equals("resource") || name.equals("contained") || name.equals("outcome")) {
      resource = new OpenParts.Resource(resource, depth);
    } else if (FhirElements.mayBeCoding(name)) {
      coding = new OpenParts.MaybeCoding(coding, depth, name, null);
    }
  }

  private void endObject() throws RejectedException {
    if (resource.depth == depth) {
      if (resource.around != null) {
        resource = resource.around;
      }
    } else if (coding != null && coding.depth == depth) {
      end(coding);
      coding = coding.around;
    }
  }

  private void end(OpenParts.MaybeCoding ended) throws RejectedException {
    if (ended.concept != null) {
      countCoding(ended.concept.path);
      found.add(ended.concept, in.getParsingContext().getCurrentIndex(), ended);
    } else if (ended.looksLikeCoding()) {
      String path = path(in.getParsingContext());
      countCoding(path);
      found.addAlone(resource, path, ended);
    }
  }

  private void notACoding(String path) throws RejectedException {
    countCoding(path);
    found.addNone(resource, path);
  }

  private void countCoding(String path) throws RejectedException {
    if (found.size() == MAX_CODINGS) {
      throw new RejectedException(
          RejectReason.TOO_LARGE, "has more than " + MAX_CODINGS + " codings");
    }
    count(path);
  }

  private void count(String path) throws RejectedException {
    pathsLeft -= path.length();
    if (pathsLeft < 0) {
      throw new RejectedException(
          RejectReason.TOO_LARGE,
          "has so long names around its codings that their paths would be "
              + PATHS_PER_BYTE
              + " times as long as the record");
    }
  }

  /** {@return the FHIRPath of where this context stands at the moment, without the root's type} */
  private static String path(JsonStreamContext context) {
    StringBuilder path = new StringBuilder(48);
    append(context, path);
    return path.toString();
  }

  /** Appends the steps from the root on; contexts are no deeper than the parser lets them be. */
  private static void append(JsonStreamContext context, StringBuilder path) {
    if (context.inRoot()) {
      return;
    }
    append(context.getParent(), path);
    if (context.inArray()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else {
      path.append('.').append(FhirElements.pathName(context.getCurrentName()));
    }
  }

  /**
   * {@return whether a resource type may be called that: {@code [A-Z][A-Za-z0-9]*}, not too long}
   */
  private static boolean isTypeName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_TYPE || name.charAt(0) > 'Z') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** Says which limit was met; how long a name may be depends on the parser's version. */
  static RejectedException tooLarge(StreamConstraintsException limit) {
    return new RejectedException(
        RejectReason.TOO_LARGE,
        limit.getOriginalMessage().contains("nesting depth")
            ? "is nested deeper than " + FhirTranslator.MAX_DEPTH + " levels"
            : "has property names that are too long, or too many that are too much alike");
  }

  private static RejectedException malformed(String what) {
    return new RejectedException(RejectReason.MALFORMED, what);
  }
}
