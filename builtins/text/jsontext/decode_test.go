package jsontext

// This file defines tests of Decode against recorded answers of the reference.

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/datatext"
)

// A printer is a Handler that writes JSON again, as builtins.toJSON does: keys
// sorted, the last of equal keys.
type printer struct {
	stack []frame
	out   string
}

type frame struct {
	isObject bool
	list     []string
	object   map[string]string
	key      string
}

func (p *printer) value(s string) error {
	if len(p.stack) == 0 {
		p.out = s
		return nil
	}
	f := &p.stack[len(p.stack)-1]
	if f.isObject {
		f.object[f.key] = s
	} else {
		f.list = append(f.list, s)
	}
	return nil
}

func (p *printer) Null() error           { return p.value("null") }
func (p *printer) Bool(b bool) error     { return p.value(strconv.FormatBool(b)) }
func (p *printer) Int(n int64) error     { return p.value(string(strconv.AppendInt(nil, n, 10))) }
func (p *printer) Float(f float64) error { return p.value(string(datatext.AppendJSONFloat(nil, f))) }

func (p *printer) String(s string) error {
	b, err := datatext.AppendJSONString(nil, s)
	if err != nil {
		return err
	}
	return p.value(string(b))
}

func (p *printer) BeginArray() error {
	p.stack = append(p.stack, frame{})
	return nil
}

func (p *printer) BeginObject() error {
	p.stack = append(p.stack, frame{isObject: true, object: map[string]string{}})
	return nil
}

func (p *printer) Key(s string) error {
	p.stack[len(p.stack)-1].key = s
	return nil
}

func (p *printer) EndArray() error {
	f := p.pop()
	return p.value("[" + strings.Join(f.list, ",") + "]")
}

func (p *printer) EndObject() error {
	f := p.pop()
	var parts []string
	for _, k := range sortedKeys(f.object) {
		key, err := datatext.AppendJSONString(nil, k)
		if err != nil {
			return err
		}
		parts = append(parts, string(key)+":"+f.object[k])
	}
	return p.value("{" + strings.Join(parts, ",") + "}")
}

func (p *printer) pop() frame {
	f := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	return f
}

// TestDecodeGolden compares with what the reference 2.34.8 answers. Each line
// of the golden file has the kind of answer, a quoted JSON text, and the quoted
// answer: the value as JSON (ok), or the message of a SyntaxError (syntax) or
// ValueError (value).
func TestDecodeGolden(t *testing.T) {
	for _, c := range golden(t, "decode.golden") {
		var p printer
		err := Decode(c.src, &p, nil)
		var syntax *SyntaxError
		var value *ValueError
		switch c.kind {
		case "ok":
			if assert.NoError(t, err, "%q", c.src) {
				assert.Equal(t, c.want, p.out, "%q", c.src)
			}
		case "syntax":
			if assert.ErrorAs(t, err, &syntax, "%q", c.src) {
				assert.Equal(t, c.want, err.Error(), "%q", c.src)
			}
		case "value":
			if assert.ErrorAs(t, err, &value, "%q", c.src) {
				assert.Equal(t, c.want, err.Error(), "%q", c.src)
			}
		default:
			assert.Fail(t, "unknown kind", c.kind)
		}
	}
}

type goldenCase struct{ kind, src, want string }

func golden(t testing.TB, name string) []goldenCase {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	var cases []goldenCase
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		require.Len(t, f, 3, line)
		src, err := strconv.Unquote(f[1])
		require.NoError(t, err, line)
		want, err := strconv.Unquote(f[2])
		require.NoError(t, err, line)
		cases = append(cases, goldenCase{f[0], src, want})
	}
	require.NotEmpty(t, cases)
	return cases
}

// TestDecodeDepth shows that nesting costs no stack. The reference reads the
// same text, too.
func TestDecodeDepth(t *testing.T) {
	const depth = 1_000_000
	var c counter
	require.NoError(t, Decode(strings.Repeat("[", depth)+strings.Repeat("]", depth), &c, nil))
	assert.Equal(t, counter{begin: depth, end: depth}, c)

	c = counter{}
	require.NoError(t, Decode(strings.Repeat(`{"a":`, depth)+"1"+strings.Repeat("}", depth), &c, nil))
	assert.Equal(t, counter{begin: depth, end: depth, keys: depth, values: 1}, c)

	err := Decode(strings.Repeat("[", depth), &c, nil)
	assert.EqualError(t, err, "[json.exception.parse_error.101] parse error at line 1, column 1000001: "+
		"syntax error while parsing value - unexpected end of input; expected '[', '{', or a literal")
}

// A counter is a Handler that only counts.
type counter struct{ begin, end, keys, values int }

func (c *counter) Null() error         { c.values++; return nil }
func (c *counter) Bool(bool) error     { c.values++; return nil }
func (c *counter) Int(int64) error     { c.values++; return nil }
func (c *counter) Float(float64) error { c.values++; return nil }
func (c *counter) String(string) error { c.values++; return nil }
func (c *counter) BeginArray() error   { c.begin++; return nil }
func (c *counter) EndArray() error     { c.end++; return nil }
func (c *counter) BeginObject() error  { c.begin++; return nil }
func (c *counter) Key(string) error    { c.keys++; return nil }
func (c *counter) EndObject() error    { c.end++; return nil }

// stopper is a Handler that fails at the first string.
type stopper struct{ counter }

var errStop = errors.New("stop")

func (*stopper) String(string) error { return errStop }

func TestDecodeHandlerError(t *testing.T) {
	var s stopper
	assert.Equal(t, errStop, Decode(`[1, {"a": "b"}, x`, &s, nil), "before the syntax error, and unwrapped")
	assert.Equal(t, 1, s.values)
}

func TestDecodeNUL(t *testing.T) {
	var c counter
	var syntax *SyntaxError
	for _, src := range []string{"\x00", "1\x00", "[1]\x00x", "[\x00]", "\"a\x00\"", "{\"a\x00\":1}"} {
		assert.ErrorAs(t, Decode(src, &c, nil), &syntax, "%q", src)
	}
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
