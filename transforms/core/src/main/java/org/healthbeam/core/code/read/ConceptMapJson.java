package org.healthbeam.core.code.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;

/**
 * Reads a FHIR ConceptMap, R4 or R5, as JSON, in one pass, and refuses one that breaks an
 * invariant, with the invariant's number.
 *
 * <p>R4 and R5 are told apart target by target: {@code equivalence} is R4's word and {@code
 * relationship} R5's. Systems are brought to their canonical URIs ({@link CodeSystems}).
 *
 * <p>Source: FHIR R4 and R5, ConceptMap, invariants cmd-1 to cmd-3 (R4) and cmd-1 to cmd-11 (R5).
 */
public final class ConceptMapJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String NEEDS_RELATIONSHIP = "breaks cmd-9: this mode needs a relationship";
  private static final Set<String> STATUSES = Set.of("draft", "active", "retired", "unknown");

  private final String file;
  private final JsonParser in;
  private String status = "";
  private boolean needsDraft;
  private String needsDraftWhere = "";
  private boolean r5;
  private String unrelatedWhere = "";

  private ConceptMapJson(String file, JsonParser in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads one map.
   *
   * @param file its name, for messages, and its URL if it states none
   * @throws InvalidMapException if it is not a ConceptMap or breaks a rule
   */
  public static ConceptMap read(InputStream json, String file)
      throws InvalidMapException, IOException {
    try (JsonParser in = JSON.createParser(Utf8.reader(json))) {
      return new ConceptMapJson(file, in).map();
    } catch (CharacterCodingException e) {
      throw new InvalidMapException(file, "", "is not text in UTF-8");
    } catch (StreamConstraintsException e) {
      // It does not say where.
      throw new InvalidMapException(
          file, "", "is nested too deep, or has a number, a name or a text that is too long");
    } catch (JsonProcessingException e) {
      throw new InvalidMapException(
          file,
          "line " + e.getLocation().getLineNr(),
          e instanceof JsonParseException
              ? "is not valid JSON: " + firstLine(e.getOriginalMessage())
              : firstLine(e.getOriginalMessage()));
    }
  }

  private ConceptMap map() throws IOException, InvalidMapException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw refuse("", "is not a JSON object; a ConceptMap is expected");
    }
    String url = "";
    String version = "";
    String type = "";
    List<ConceptMap.Group> groups = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "resourceType" -> type = text(name);
        case "url" -> url = text(name);
        case "version" -> version = text(name);
        case "status" -> status = text(name);
        case "property" -> objects("property", i -> declaration("property[" + i + "]"));
        case "group" -> objects("group", i -> groups.add(group("group[" + i + "]")));
        default -> in.skipChildren();
      }
    }
    if (!type.equals("ConceptMap")) {
      throw refuse(
          "",
          type.isEmpty()
              ? "has no resourceType; a ConceptMap is expected"
              : "is a " + type + "; a ConceptMap is expected");
    }
    if (in.nextToken() != null) {
      throw refuse("line " + in.currentLocation().getLineNr(), "goes on after the ConceptMap");
    }
    if (!STATUSES.contains(status)) {
      throw refuse("status", "must be one of draft, active, retired, unknown");
    }
    if (needsDraft && !status.equals("draft")) {
      throw refuse(
          needsDraftWhere,
          "breaks cmd-1: a target that is narrower or not related needs a comment, unless the map"
              + " is a draft");
    }
    if (r5 && !unrelatedWhere.isEmpty()) {
      throw refuse(unrelatedWhere, NEEDS_RELATIONSHIP);
    }
    return new ConceptMap(
        url.isEmpty() ? MapId.ofFile(file, version) : new MapId(url, version), file, groups);
  }

  private void declaration(String where) throws IOException, InvalidMapException {
    String type = "";
    boolean system = false;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "type" -> type = text(where + ".type");
        case "system" -> system = !text(where + ".system").isEmpty();
        default -> in.skipChildren();
      }
    }
    if (type.equals("code") && !system) {
      throw refuse(where, "breaks cmd-11: a property of type code needs a system");
    }
  }

  private ConceptMap.Group group(String where) throws IOException, InvalidMapException {
    String[] source = {"", ""};
    String[] target = {"", ""};
    List<ConceptMap.Element> elements = new ArrayList<>();
    ConceptMap.Unmapped unmapped = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "source" -> canonical(where + ".source", source);
        case "sourceVersion" -> source[1] = text(where + ".sourceVersion");
        case "target" -> canonical(where + ".target", target);
        case "targetVersion" -> target[1] = text(where + ".targetVersion");
        case "element" ->
            objects(where + ".element", i -> elements.add(element(where + ".element[" + i + "]")));
        case "unmapped" -> unmapped = new UnmappedJson(where + ".unmapped").read();
        default -> in.skipChildren();
      }
    }
    if (source[0].isEmpty()) {
      throw refuse(where + ".source", "is missing: codes without a system cannot be looked up");
    }
    boolean needsTarget =
        elements.stream().flatMap(e -> e.targets().stream()).anyMatch(t -> !t.code().isEmpty())
            || (unmapped != null && unmapped.mode() == ConceptMap.Mode.FIXED);
    if (needsTarget && target[0].isEmpty()) {
      throw refuse(where + ".target", "is missing: target codes need a system");
    }
    return new ConceptMap.Group(source[0], source[1], target[0], target[1], elements, unmapped);
  }

  /** R5 allows {@code system|version} where R4 has two elements. */
  private void canonical(String where, String[] systemAndVersion)
      throws IOException, InvalidMapException {
    MapId id = MapId.parse(text(where));
    systemAndVersion[0] = CodeSystems.canonical(id.url());
    if (!id.version().isEmpty()) {
      systemAndVersion[1] = id.version();
    }
  }

  private ConceptMap.Element element(String where) throws IOException, InvalidMapException {
    String code = "";
    boolean noMap = false;
    String valueSet = "";
    List<ConceptMap.Target> targets = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "code" -> code = code(where + ".code");
        case "noMap" -> noMap = bool(where + ".noMap");
        case "valueSet" -> valueSet = text(where + ".valueSet");
        case "target" ->
            objects(where + ".target", i -> targets.add(target(where + ".target[" + i + "]")));
        default -> in.skipChildren();
      }
    }
    if (valueSet.isEmpty() == code.isEmpty()) {
      throw refuse(where, "breaks cmd-5: either code or valueSet, and not both");
    }
    if (noMap && !targets.isEmpty()) {
      throw refuse(where, "breaks cmd-4: with noMap there must be no target");
    }
    return new ConceptMap.Element(new ConceptMap.Source(code, valueSet), noMap, targets);
  }

  private ConceptMap.Target target(String where) throws IOException, InvalidMapException {
    String code = "";
    String display = "";
    String equivalence = "";
    String relationship = "";
    String comment = "";
    String valueSet = "";
    List<Property> dependsOn = new ArrayList<>(0);
    List<Property> products = new ArrayList<>(0);
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "code" -> code = code(where + ".code");
        case "display" -> display = text(where + ".display");
        case "equivalence" -> equivalence = text(where + ".equivalence");
        case "relationship" -> relationship = text(where + ".relationship");
        case "comment" -> comment = text(where + ".comment");
        case "valueSet" -> valueSet = text(where + ".valueSet");
        case "dependsOn" ->
            objects(
                where + ".dependsOn",
                i -> dependsOn.add(property(where + ".dependsOn[" + i + "]")));
        case "product" ->
            objects(where + ".product", i -> products.add(property(where + ".product[" + i + "]")));
        default -> in.skipChildren();
      }
    }
    Relationship meaning = relationship(where, equivalence, relationship, !comment.isEmpty());
    if (!valueSet.isEmpty() && !code.isEmpty()) {
      throw refuse(where, "breaks cmd-7: either code or valueSet, and not both");
    }
    boolean mayLackCode = !equivalence.isEmpty() && meaning == Relationship.NOT_RELATED_TO;
    if (code.isEmpty() && valueSet.isEmpty() && !mayLackCode) {
      throw refuse(
          where,
          equivalence.isEmpty()
              ? "breaks cmd-7: either code or valueSet must be there"
              : "has no code; only an unmatched or disjoint target may lack one");
    }
    return new ConceptMap.Target(
        code,
        display,
        meaning,
        valueSet,
        dependsOn,
        products,
        ConceptMap.Validity.ALWAYS,
        null,
        comment);
  }

  private Relationship relationship(
      String where, String equivalence, String relationship, boolean comment)
      throws InvalidMapException {
    if (equivalence.isEmpty() == relationship.isEmpty()) {
      throw refuse(
          where,
          equivalence.isEmpty()
              ? "has neither equivalence (R4) nor relationship (R5)"
              : "has both equivalence (R4) and relationship (R5)");
    }
    if (!equivalence.isEmpty()) {
      if (!comment && (equivalence.equals("narrower") || equivalence.equals("inexact"))) {
        throw refuse(where, "breaks cmd-1: a narrower or inexact target needs a comment");
      }
      return known(where, () -> Relationship.fromR4(equivalence));
    }
    r5 = true;
    Relationship meaning = known(where, () -> Relationship.fromR5(relationship));
    boolean mustExplain =
        meaning == Relationship.SOURCE_IS_BROADER || meaning == Relationship.NOT_RELATED_TO;
    // Whether a comment may be missing depends on the status, which may come after the groups.
    if (mustExplain && !comment && !needsDraft) {
      needsDraft = true;
      needsDraftWhere = where;
    }
    return meaning;
  }

  /**
   * Reads a dependency or a product: R4 has strings, R5 a value of several types or a value set.
   */
  private Property property(String where) throws IOException, InvalidMapException {
    String name = "";
    String system = "";
    String value = "";
    String display = "";
    String valueSet = "";
    int values = 0;
    boolean saysR5 = false;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "property" -> name = text(where + ".property");
        case "attribute" -> {
          saysR5 = true;
          name = text(where + ".attribute");
        }
        case "system" -> system = CodeSystems.canonical(text(where + ".system"));
        case "display" -> display = text(where + ".display");
        case "value" -> {
          values++;
          value = text(where + ".value");
        }
        case "valueSet" -> {
          valueSet = text(where + ".valueSet");
        }
        case "valueCoding" -> {
          values++;
          saysR5 = true;
          String[] coding = coding(where + ".valueCoding");
          system = CodeSystems.canonical(coding[0]);
          value = coding[1];
          display = coding[2];
        }
        default -> {
          if (key.startsWith("value")) {
            values++;
            saysR5 = true;
            if (in.currentToken().isScalarValue()) {
              value = in.getText();
            }
          }
          in.skipChildren();
        }
      }
    }
    if (name.isEmpty()) {
      throw refuse(where, "names no property");
    }
    if ((saysR5 || !valueSet.isEmpty() || values == 0) && (values > 0) == !valueSet.isEmpty()) {
      throw refuse(where, "breaks cmd-6: either a value or a valueSet, and not both");
    }
    return new Property(name, system, value, display, valueSet);
  }

  private String[] coding(String where) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw refuse(where, "must be an object");
    }
    String[] coding = {"", "", ""};
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "system" -> coding[0] = text(where + ".system");
        case "code" -> coding[1] = text(where + ".code");
        case "display" -> coding[2] = text(where + ".display");
        default -> in.skipChildren();
      }
    }
    return coding;
  }

  /** Reads {@code group.unmapped}, whose rules differ most between R4 and R5. */
  private final class UnmappedJson {
    private final String where;
    private String mode = "";
    private String code = "";
    private String display = "";
    private String relationship = "";
    private String url = "";
    private String otherMap = "";
    private String valueSet = "";

    UnmappedJson(String where) {
      this.where = where;
    }

    ConceptMap.Unmapped read() throws IOException, InvalidMapException {
      if (in.currentToken() != JsonToken.START_OBJECT) {
        throw refuse(where, "must be an object");
      }
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "mode" -> mode = text(where + ".mode");
          case "code" -> code = code(where + ".code");
          case "display" -> display = text(where + ".display");
          case "relationship" -> relationship = text(where + ".relationship");
          case "url" -> url = text(where + ".url");
          case "otherMap" -> otherMap = text(where + ".otherMap");
          case "valueSet" -> valueSet = text(where + ".valueSet");
          default -> in.skipChildren();
        }
      }
      return checked();
    }

    private ConceptMap.Unmapped checked() throws InvalidMapException {
      boolean saysR5 =
          !relationship.isEmpty()
              || !otherMap.isEmpty()
              || !valueSet.isEmpty()
              || mode.equals("use-source-code");
      ConceptMap.Mode meaning =
          switch (mode) {
            case "provided", "use-source-code" -> ConceptMap.Mode.PROVIDED;
            case "fixed" -> ConceptMap.Mode.FIXED;
            case "other-map" -> ConceptMap.Mode.OTHER_MAP;
            default ->
                throw refuse(
                    where + ".mode",
                    "must be one of provided (R4), use-source-code (R5), fixed, other-map");
          };
      if (meaning == ConceptMap.Mode.FIXED && code.isEmpty() == valueSet.isEmpty()) {
        throw refuse(where, "breaks cmd-2: with mode fixed there must be one code");
      }
      String other = otherMap.isEmpty() ? url : otherMap;
      if (meaning == ConceptMap.Mode.OTHER_MAP && other.isEmpty()) {
        throw refuse(where, "breaks cmd-3: with mode other-map the other map must be named");
      }
      if (saysR5) {
        if (meaning != ConceptMap.Mode.FIXED
            && !(code.isEmpty() && display.isEmpty() && valueSet.isEmpty())) {
          throw refuse(where, "breaks cmd-8: code, display and valueSet go with mode fixed only");
        }
        if (meaning != ConceptMap.Mode.OTHER_MAP && relationship.isEmpty()) {
          throw refuse(where, NEEDS_RELATIONSHIP);
        }
        if (meaning != ConceptMap.Mode.OTHER_MAP && !otherMap.isEmpty()) {
          throw refuse(where, "breaks cmd-10: otherMap goes with mode other-map only");
        }
      }
      // Whether this is R5 may only be seen from targets that come after.
      if (meaning != ConceptMap.Mode.OTHER_MAP && relationship.isEmpty()) {
        unrelatedWhere = where;
      }
      // R4 states no relationship here; R5's word for one that is not known is related-to.
      Relationship stated =
          relationship.isEmpty()
              ? Relationship.RELATED_TO
              : known(where, () -> Relationship.fromR5(relationship));
      return new ConceptMap.Unmapped(meaning, code, display, valueSet, stated, other);
    }
  }

  private interface Indexed {
    void read(int index) throws IOException, InvalidMapException;
  }

  private void objects(String where, Indexed each) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw refuse(where, "must be an array");
    }
    int i = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() != JsonToken.START_OBJECT) {
        throw refuse(where + "[" + i + "]", "must be an object");
      }
      each.read(i++);
    }
  }

  private String text(String where) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.VALUE_STRING || in.getText().isEmpty()) {
      throw refuse(where, "must be a string that is not empty");
    }
    String text = in.getText();
    if (!Utf8.canEncode(text)) {
      throw refuse(where, "has half of a surrogate pair, which is no character");
    }
    return text;
  }

  private String code(String where) throws IOException, InvalidMapException {
    String code = text(where);
    if (!CodeSyntax.isCode(code)) {
      throw refuse(where, CodeSyntax.RULE);
    }
    return code;
  }

  private boolean bool(String where) throws IOException, InvalidMapException {
    if (!in.currentToken().isBoolean()) {
      throw refuse(where, "must be true or false");
    }
    return in.getBooleanValue();
  }

  private Relationship known(String where, java.util.function.Supplier<Relationship> lookUp)
      throws InvalidMapException {
    try {
      return lookUp.get();
    } catch (IllegalArgumentException e) {
      throw refuse(where, e.getMessage());
    }
  }

  private InvalidMapException refuse(String where, String what) {
    return new InvalidMapException(file, where, what);
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
