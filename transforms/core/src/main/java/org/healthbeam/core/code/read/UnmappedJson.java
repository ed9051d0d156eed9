package org.healthbeam.core.code.read;

import java.io.IOException;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.Relationship;

/** Reads {@code ConceptMap.group.unmapped}, whose rules differ most between R4 and R5. */
final class UnmappedJson {
  static final String NEEDS_RELATIONSHIP = "breaks cmd-9: this mode needs a relationship";

  private final FhirJson in;
  private final String where;
  private String mode = "";
  private String code = "";
  private String display = "";
  private String relationship = "";
  private String url = "";
  private String otherMap = "";
  private String valueSet = "";

  UnmappedJson(FhirJson in, String where) {
    this.in = in;
    this.where = where;
  }

  ConceptMap.Unmapped read() throws IOException, InvalidMapException {
    in.object(where);
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "mode" -> mode = in.text(place);
            case "code" -> code = in.code(place);
            case "display" -> display = in.text(place);
            case "relationship" -> relationship = in.text(place);
            case "url" -> url = in.text(place);
            case "otherMap" -> otherMap = in.text(place);
            case "valueSet" -> valueSet = in.text(place);
            default -> in.skip();
          }
        });
    ConceptMap.Mode meaning =
        switch (mode) {
          case "provided", "use-source-code" -> ConceptMap.Mode.PROVIDED;
          case "fixed" -> ConceptMap.Mode.FIXED;
          case "other-map" -> ConceptMap.Mode.OTHER_MAP;
          default ->
              throw in.refuse(
                  where + ".mode",
                  "must be one of provided (R4), use-source-code (R5), fixed, other-map");
        };
    check(meaning);
    String other = otherMap.isEmpty() ? url : otherMap;
    // R4 states no relationship here; R5's word for one that is not known is related-to.
    Relationship stated =
        relationship.isEmpty()
            ? Relationship.RELATED_TO
            : GroupJson.known(in, where, () -> Relationship.fromR5(relationship));
    return new ConceptMap.Unmapped(meaning, code, display, valueSet, stated, other);
  }

  private void check(ConceptMap.Mode meaning) throws InvalidMapException {
    boolean isOther = meaning == ConceptMap.Mode.OTHER_MAP;
    if (meaning == ConceptMap.Mode.FIXED && code.isEmpty() == valueSet.isEmpty()) {
      throw in.refuse(where, "breaks cmd-2: with mode fixed there must be one code");
    }
    if (isOther && otherMap.isEmpty() && url.isEmpty()) {
      throw in.refuse(where, "breaks cmd-3: with mode other-map the other map must be named");
    }
    if (!isR5()) {
      return;
    }
    if (meaning != ConceptMap.Mode.FIXED
        && !(code.isEmpty() && display.isEmpty() && valueSet.isEmpty())) {
      throw in.refuse(where, "breaks cmd-8: code, display and valueSet go with mode fixed only");
    }
    if (!isOther && relationship.isEmpty()) {
      throw in.refuse(where, NEEDS_RELATIONSHIP);
    }
    if (!isOther && !otherMap.isEmpty()) {
      throw in.refuse(where, "breaks cmd-10: otherMap goes with mode other-map only");
    }
  }

  /** {@return whether something stands here that only R5 has} */
  boolean isR5() {
    return !relationship.isEmpty()
        || !otherMap.isEmpty()
        || !valueSet.isEmpty()
        || mode.equals("use-source-code");
  }

  /** {@return whether R5 would ask for a relationship: it may be seen later that this is R5} */
  boolean lacksRelationship() {
    return relationship.isEmpty() && !mode.equals("other-map");
  }
}
