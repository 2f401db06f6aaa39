package datatext

// This file defines tests of XMLWriter and AppendXMLValue against answers of the
// reference 2.34.8.

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func valueAttr(s string) XMLAttr { return XMLAttr{"value", s} }
func nameAttr(s string) XMLAttr  { return XMLAttr{"name", s} }

// TestXMLWriter writes every element once.
func TestXMLWriter(t *testing.T) {
	w := NewXMLWriter([]byte("before\n"))
	w.Open("expr")
	w.Open("list")
	w.Empty("int", valueAttr("-1"))
	w.Empty("float", valueAttr("1e+10"))
	w.Empty("bool", valueAttr("true"))
	w.Empty("null")
	w.Empty("string", valueAttr(""))
	w.Empty("path", valueAttr("/a/b"))
	w.Open("list")
	w.Close()
	w.Open("attrs")
	w.Open("attr", nameAttr("q\"&"), XMLAttr{"path", "/x.nix"}, XMLAttr{"line", "1"}, XMLAttr{"column", "3"})
	w.Empty("unevaluated")
	w.Close()
	w.Close()
	w.Open("derivation", XMLAttr{"drvPath", "/p/x.drv"}, XMLAttr{"outPath", "/p/x"})
	w.Empty("repeated")
	w.Close()
	w.Open("function")
	w.Open("attrspat", nameAttr("y"), XMLAttr{"ellipsis", "1"})
	w.Empty("attr", nameAttr("a"))
	w.Close()
	w.Close()
	w.Open("function")
	w.Empty("varpat", nameAttr("x"))
	w.Close()
	w.Close()
	w.Close()
	w.Close() // one too many does nothing
	assert.Equal(t, `before
<?xml version='1.0' encoding='utf-8'?>
<expr>
  <list>
    <int value="-1" />
    <float value="1e+10" />
    <bool value="true" />
    <null />
    <string value="" />
    <path value="/a/b" />
    <list>
    </list>
    <attrs>
      <attr column="3" line="1" name="q&quot;&amp;" path="/x.nix">
        <unevaluated />
      </attr>
    </attrs>
    <derivation drvPath="/p/x.drv" outPath="/p/x">
      <repeated />
    </derivation>
    <function>
      <attrspat ellipsis="1" name="y">
        <attr name="a" />
      </attrspat>
    </function>
    <function>
      <varpat name="x" />
    </function>
  </list>
</expr>
`, string(w.Bytes()))
}

func TestXMLWriterKeepsAttributes(t *testing.T) {
	attrs := []XMLAttr{nameAttr("b"), {"a", "1"}}
	w := NewXMLWriter(nil)
	w.Empty("x", attrs...)
	assert.Equal(t, []XMLAttr{nameAttr("b"), {"a", "1"}}, attrs)
}

func TestAppendXMLValue(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"", ""},
		{"plain é€\u2028", "plain é€\u2028"},
		{"x\"<>&'", "x&quot;&lt;&gt;&amp;'"},
		{"\n\t\r", "&#xA;\t\r"},
		{"&amp;", "&amp;amp;"},
		{"\x01\x0b\x1b\x7f\x80\xff\xc2\xa9", "\x01\x0b\x1b\x7f\x80\xff\xc2\xa9"},
	} {
		assert.Equal(t, "x"+c.want, string(AppendXMLValue([]byte("x"), c.s)), "%q", c.s)
	}
}

// FuzzAppendXMLValue checks that XML readers get the string back, where XML can
// have it at all.
func FuzzAppendXMLValue(f *testing.F) {
	f.Add("a\"<>&'\nb")
	f.Add("]]>\t\x00\xff")
	f.Fuzz(func(t *testing.T, s string) {
		w := NewXMLWriter(nil)
		w.Empty("string", valueAttr(s))
		var got struct {
			Value string `xml:"value,attr"`
		}
		if xml.Unmarshal(w.Bytes(), &got) != nil {
			return // a character that XML does not have
		}
		for i := range len(s) {
			if s[i] == '\r' {
				return // becomes a newline
			}
		}
		require.Equal(t, s, got.Value)
	})
}

// TestXMLFlush shows that a document comes out in parts, and what happens if they
// cannot be had.
func TestXMLFlush(t *testing.T) {
	write := func(w *XMLWriter) {
		w.Open("list")
		for i := range 5000 {
			w.Empty("string", valueAttr(strings.Repeat("<é\n", i%40)))
		}
		w.Empty("string", valueAttr(strings.Repeat("<é\n", partLen)))
		w.Close()
	}
	whole := NewXMLWriter([]byte("before"))
	write(whole)
	var parts []byte
	calls := 0
	w := NewXMLWriter([]byte("before"))
	w.Flush = func(text []byte) error {
		calls++
		assert.Less(t, len(text), 8*partLen)
		parts = append(parts, text...)
		return nil
	}
	write(w)
	require.NoError(t, w.Err())
	assert.True(t, string(whole.Bytes()) == string(append(parts, w.Bytes()...)))
	assert.Greater(t, calls, 5)

	failed := errors.New("failed")
	w = NewXMLWriter(nil)
	calls = 0
	w.Flush = func([]byte) error { calls++; return failed }
	write(w)
	assert.Equal(t, failed, w.Err())
	assert.Equal(t, 1, calls)
}

// TestBadXML compares with what encoding/xml reads.
func TestBadXML(t *testing.T) {
	for s, want := range map[string]int{
		"": -1, "a\t\n\r é€𝄞\ufffd\x7f": -1, "a\x01": 1, "\x00": 0, "é\x1f": 2, "ab\xff": 2, "\ufffe": 0, "a\uffff": 1, "\xed\xa0\x80": 0,
	} {
		assert.Equal(t, want, BadXML(s), "%q", s)
		var got struct{}
		err := xml.Unmarshal([]byte(`<a b="`+s+`"/>`), &got)
		assert.Equal(t, want < 0, err == nil, "%q", s)
	}
}
