package xmltext

// This file defines tests of Writer and AppendEscaped against answers of the
// reference 2.34.8.

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func value(s string) Attr { return Attr{"value", s} }
func name(s string) Attr  { return Attr{"name", s} }

// TestWriter writes every element once.
func TestWriter(t *testing.T) {
	w := NewWriter([]byte("before\n"))
	w.Open("expr")
	w.Open("list")
	w.Empty("int", value("-1"))
	w.Empty("float", value("1e+10"))
	w.Empty("bool", value("true"))
	w.Empty("null")
	w.Empty("string", value(""))
	w.Empty("path", value("/a/b"))
	w.Open("list")
	w.Close()
	w.Open("attrs")
	w.Open("attr", name("q\"&"), Attr{"path", "/x.nix"}, Attr{"line", "1"}, Attr{"column", "3"})
	w.Empty("unevaluated")
	w.Close()
	w.Close()
	w.Open("derivation", Attr{"drvPath", "/p/x.drv"}, Attr{"outPath", "/p/x"})
	w.Empty("repeated")
	w.Close()
	w.Open("function")
	w.Open("attrspat", name("y"), Attr{"ellipsis", "1"})
	w.Empty("attr", name("a"))
	w.Close()
	w.Close()
	w.Open("function")
	w.Empty("varpat", name("x"))
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

func TestWriterKeepsAttributes(t *testing.T) {
	attrs := []Attr{name("b"), {"a", "1"}}
	w := NewWriter(nil)
	w.Empty("x", attrs...)
	assert.Equal(t, []Attr{name("b"), {"a", "1"}}, attrs)
}

func TestAppendEscaped(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"", ""},
		{"plain é€\u2028", "plain é€\u2028"},
		{"x\"<>&'", "x&quot;&lt;&gt;&amp;'"},
		{"\n\t\r", "&#xA;\t\r"},
		{"&amp;", "&amp;amp;"},
		{"\x01\x0b\x1b\x7f\x80\xff\xc2\xa9", "\x01\x0b\x1b\x7f\x80\xff\xc2\xa9"},
	} {
		assert.Equal(t, "x"+c.want, string(AppendEscaped([]byte("x"), c.s)), "%q", c.s)
	}
}

// FuzzAppendEscaped checks that XML readers get the string back, where XML can
// have it at all.
func FuzzAppendEscaped(f *testing.F) {
	f.Add("a\"<>&'\nb")
	f.Add("]]>\t\x00\xff")
	f.Fuzz(func(t *testing.T, s string) {
		w := NewWriter(nil)
		w.Empty("string", value(s))
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

// TestFlush shows that a document comes out in parts, and what happens if they
// cannot be had.
func TestFlush(t *testing.T) {
	write := func(w *Writer) {
		w.Open("list")
		for i := range 5000 {
			w.Empty("string", value(strings.Repeat("<é\n", i%40)))
		}
		w.Empty("string", value(strings.Repeat("<é\n", partLen)))
		w.Close()
	}
	whole := NewWriter([]byte("before"))
	write(whole)
	var parts []byte
	calls := 0
	w := NewWriter([]byte("before"))
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
	w = NewWriter(nil)
	calls = 0
	w.Flush = func([]byte) error { calls++; return failed }
	write(w)
	assert.Equal(t, failed, w.Err())
	assert.Equal(t, 1, calls)
}
