package org.healthbeam.io.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageScannerTest {
  private static List<String> records(String text) throws IOException {
    MessageScanner scanner = new MessageScanner(new ByteArrayInputStream(text.getBytes(UTF_8)), 99);
    List<String> records = new ArrayList<>();
    for (byte[] record = scanner.next(); record != null; record = scanner.next()) {
      String shown =
          scanner.isTooLong() ? "too long" : new String(record, UTF_8).replace("\r", "/");
      records.add(scanner.lineNumber() + ":" + shown);
    }
    assertEquals(text.getBytes(UTF_8).length, scanner.offset());
    return records;
  }

  @Test
  void messagesGoFromHeaderToHeaderWhateverEndsTheirSegments() throws IOException {
    for (String end : List.of("\r", "\n", "\r\n")) {
      assertEquals(
          List.of("1:MSH|a/PID|1/", "4:MSH|b/OBX|2/"),
          records(String.join(end, "MSH|a", "PID|1", "", "MSH|b", "OBX|2", "", "")),
          end.replace('\r', 'r').replace('\n', 'n'));
    }
    assertEquals(List.of("1:MSH|a/OBX|ha/"), records("MSH|a\rOBX|ha"));
    assertEquals(List.of(), records(""));
    assertEquals(List.of(), records("\r\n\r"));
  }

  @Test
  void segmentsOfABatchAreRecordsOfTheirOwn() throws IOException {
    assertEquals(
        List.of("1:FHS|x/", "2:BHS|x/", "3:MSH|a/PID|1/", "5:MSH|b/", "6:BTS|2/", "7:FTS|1/"),
        records("FHS|x\rBHS|x\rMSH|a\rPID|1\rMSH|b\rBTS|2\rFTS|1\r"));
  }

  @Test
  void bytesThatFrameAMessageEndIt() throws IOException {
    assertEquals(
        List.of("1:MSH|a/PID|1/", "4:MSH|b/", "5:MSH|c/"),
        records("\u000BMSH|a\rPID|1\r\u001C\r\u000BMSH|b\u001C\r\u000BMSH|c\r\u001C"));
  }

  @Test
  void whatStandsOutsideOfMessagesIsReturnedToo() throws IOException {
    assertEquals(
        List.of("1:PID|1/OBX|1/", "3:MSH|a/", "4:BTS|1/", "5:junk/"),
        records("PID|1\rOBX|1\rMSH|a\rBTS|1\rjunk\r"));
  }

  @Test
  void aMessagePastTheLimitIsPassedOverAndTheNextOneIsRead() throws IOException {
    assertEquals(
        List.of("1:too long", "3:MSH|b/"), records("MSH|a\rNTE|" + "x".repeat(200) + "\rMSH|b\r"));
    String many = "OBX|1|0123456789\r".repeat(20);
    assertEquals(List.of("1:too long", "22:MSH|b/"), records("MSH|a\r" + many + "MSH|b\r"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstMessage() throws IOException {
    MessageScanner scanner =
        new MessageScanner(new ByteArrayInputStream("\uFEFFMSH|a\r".getBytes(UTF_8)), 99);
    assertEquals("MSH|a\r", new String(scanner.next(), UTF_8));
  }

  @Test
  void filesOfMessagesAreToldFromTables() {
    for (String start :
        List.of("MSH|^~\\&|", "\u000BMSH|^~", "\uFEFFFHS|^~", "BHS#", "\r\nMSH|^")) {
      assertTrue(MessageScanner.isMessages(start.getBytes(UTF_8)), start);
    }
    for (String start :
        List.of("MSH", "MSH,a", "MSH;a", "MSHA", "MSH a", "subject,time", "", "{")) {
      assertFalse(MessageScanner.isMessages(start.getBytes(UTF_8)), start);
    }
  }
}
