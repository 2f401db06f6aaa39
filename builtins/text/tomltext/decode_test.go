package tomltext

// This file defines tests of Decode against recorded answers of the reference.

import (
	"errors"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval/datatext"
)

// A printer is a Handler that writes what it hears like JSON, but with inf and
// nan.
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

func (p *printer) Bool(b bool) error { return p.value(strconv.FormatBool(b)) }
func (p *printer) Int(n int64) error { return p.value(strconv.FormatInt(n, 10)) }

func (p *printer) Float(f float64) error {
	switch {
	case !math.IsInf(f, 0) && !math.IsNaN(f):
		return p.value(string(datatext.AppendJSONFloat(nil, f)))
	case math.IsNaN(f) && math.Signbit(f):
		return p.value("-nan")
	case math.IsNaN(f):
		return p.value("nan")
	case f < 0:
		return p.value("-inf")
	}
	return p.value("inf")
}

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
	f := &p.stack[len(p.stack)-1]
	if _, ok := f.object[s]; ok {
		return errors.New("key comes twice: " + s)
	}
	f.key = s
	return nil
}

func (p *printer) EndArray() error {
	f := p.pop()
	return p.value("[" + strings.Join(f.list, ",") + "]")
}

func (p *printer) EndObject() error {
	f := p.pop()
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(f.object)) {
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

type goldenCase struct{ kind, src, want string }

func golden(t testing.TB) []goldenCase {
	t.Helper()
	text, err := os.ReadFile("testdata/decode.golden")
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

// TestDecodeGolden compares with what the reference 2.34.8 answers with
// parse-toml-timestamps. Each line of the golden file has the kind of answer, a
// quoted TOML text, and the quoted answer: the value (ok) or the first line of
// the message (fail). The words about syntax are those of our parser.
func TestDecodeGolden(t *testing.T) {
	for _, c := range golden(t) {
		var p printer
		err := Decode(c.src, Options{Timestamps: true}, &p)
		if c.kind == "ok" {
			if assert.NoError(t, err, "%q", c.src) {
				assert.Equal(t, c.want, p.out, "%q", c.src)
			}
			continue
		}
		var tomlErr *Error
		if !assert.ErrorAs(t, err, &tomlErr, "%q must be wrong: %s", c.src, c.want) {
			continue
		}
		got, _, _ := strings.Cut(err.Error(), "\n")
		assert.Contains(t, got, "while parsing TOML: ", "%q", c.src)
		for _, words := range []string{"null bytes", "insert_value", "too large integer", "from stream", "invalid date", "invalid time", "trailing comma"} {
			if strings.Contains(c.want, words) {
				assert.Equal(t, c.want, got, "%q", c.src)
			}
		}
	}
}
