package profile

// This file tests what is written of calls that a test makes up.

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"

	pprof "github.com/google/pprof/profile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

func function(name string, line int) Frame {
	return Frame{
		Kind: Function, Name: name, Def: lang.Position{File: "/a/b/lib.nix", Line: line, Column: 3},
		Call: lang.Position{File: "/a/use.nix", Line: 7, Column: line},
	}
}

// parse returns the profile as pprof reads it.
func parse(t *testing.T, p *Profile) *pprof.Profile {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, p.WritePprof(&out))
	prof, err := pprof.Parse(&out)
	require.NoError(t, err)
	require.NoError(t, prof.CheckValid())
	return prof
}

// stacks returns the samples of a profile as text: stack, innermost first, and one of
// its numbers.
func stacks(prof *pprof.Profile, number int) map[string]int64 {
	out := map[string]int64{}
	for _, s := range prof.Sample {
		var names []string
		for _, l := range s.Location {
			names = append(names, l.Line[0].Function.Name)
		}
		if n := s.Value[number]; n != 0 {
			out[strings.Join(names, " < ")] = n
		}
	}
	return out
}

func TestPprof(t *testing.T) {
	p := New(Options{EveryCall: true})
	s := p.NewStack()
	f, g := s.AddFrame(function("f", 1)), s.AddFrame(function("", 2))
	same := s.AddFrame(function("f", 1)) // called from elsewhere: one function
	drv := s.AddFrame(Frame{Kind: Builtin, Name: "derivationStrict", About: "hello"})
	file := s.AddFrame(Frame{Kind: File, Name: "/a/b/lib.nix"})
	s.Begin()
	s.Enter(file, Costs{})
	s.Enter(f, Costs{Calls: 1, Objects: 2, Bytes: 16})
	s.Enter(g, Costs{Calls: 2, Objects: 2, Bytes: 16})
	s.Leave(Costs{Calls: 5, Objects: 3, Bytes: 24})
	s.Leave(Costs{Calls: 5, Objects: 4, Bytes: 32})
	s.Enter(same, Costs{Calls: 5, Objects: 4, Bytes: 32})
	s.Enter(drv, Costs{Calls: 6, Objects: 4, Bytes: 32})
	s.Leave(Costs{Calls: 7, Objects: 9, Bytes: 132})
	s.Leave(Costs{Calls: 7, Objects: 9, Bytes: 132})
	s.Leave(Costs{Calls: 7, Objects: 9, Bytes: 132})
	s.End(Costs{Calls: 7, Objects: 9, Bytes: 140})

	prof := parse(t, p)
	assert.Equal(t, map[string]int64{
		"import b/lib.nix < evaluation":                                      16,
		"f b/lib.nix:1 < import b/lib.nix < evaluation":                      8,
		"lambda b/lib.nix:2 < f b/lib.nix:1 < import b/lib.nix < evaluation": 8,
		"derivation hello < f b/lib.nix:1 < import b/lib.nix < evaluation":   100,
		"evaluation": 8,
	}, stacks(prof, 2))
	assert.Equal(t, "cpu", prof.DefaultSampleType)
	bytes := map[string]uint64{}
	for _, f := range p.Functions() {
		bytes[f.Name] = f.Bytes
	}
	assert.Equal(t, map[string]uint64{
		"import b/lib.nix": 16, "f b/lib.nix:1": 8, "lambda b/lib.nix:2": 8, "derivation hello": 100, "evaluation": 8,
	}, bytes)
	assert.Equal(t, "space", prof.SampleType[2].Type)
	for _, fn := range prof.Function {
		if fn.Name == "lambda b/lib.nix:2" {
			assert.Equal(t, "/a/b/lib.nix", fn.Filename)
			assert.Equal(t, int64(2), fn.StartLine)
		}
	}
	var folded strings.Builder
	require.NoError(t, p.WriteFolded(&folded))
	assert.Equal(t, "/a/use.nix:7:1:f 2\n/a/use.nix:7:1:f;/a/use.nix:7:2 1\n/a/use.nix:7:1:f;primop derivationStrict:hello 1\n", folded.String())
}

// TestNames tells functions of one name apart.
func TestNames(t *testing.T) {
	p := New(Options{})
	s := p.NewStack()
	a, b := function("f", 1), function("f", 1)
	b.Def.Column = 9
	c := b
	c.Def.File = "/other/b/lib.nix"
	s.Begin()
	for i, f := range []Frame{a, b, c} {
		s.Enter(s.AddFrame(f), Costs{Calls: uint64(i)})
		s.Leave(Costs{Calls: uint64(i) + 1})
	}
	s.End(Costs{Calls: 3})
	assert.Equal(t, map[string]int64{
		"f b/lib.nix:1:3 < evaluation":        1,
		"f /a/b/lib.nix:1:9 < evaluation":     1,
		"f /other/b/lib.nix:1:9 < evaluation": 1,
	}, stacks(parse(t, p), 0))
}

// TestCut checks that sums stay exact where stacks are cut: since there are too many of
// them, or since they cost next to nothing.
func TestCut(t *testing.T) {
	defer func(n int) { maxNodes = n }(maxNodes)
	for _, max := range []int{50, maxNodes} {
		maxNodes = max
		p := New(Options{})
		s := p.NewStack()
		var frames []int32
		for i := range 40 {
			frames = append(frames, s.AddFrame(function(fmt.Sprint("f", i), i+1)))
		}
		now := Costs{}
		self := map[string]int64{}
		s.Begin()
		// Chains of calls, each of which is cheap, and one call that is not.
		for k := range 10 {
			for i := range 30 {
				f := (i*7 + k) % 40
				s.Enter(frames[f], now)
				now.Calls++
				self[fmt.Sprintf("f%d b/lib.nix:%d", f, f+1)]++
			}
			for range 30 {
				s.Leave(now)
			}
		}
		s.Enter(frames[0], now)
		now.Calls += 10_000_000
		self["f0 b/lib.nix:1"] += 10_000_000
		s.Leave(now)
		s.End(now)

		prof := parse(t, p)
		got := map[string]int64{}
		cut := false
		for _, sample := range prof.Sample {
			if n := sample.Value[0]; n != 0 {
				got[sample.Location[0].Line[0].Function.Name] += n
			}
			for _, l := range sample.Location {
				cut = cut || l.Line[0].Function.Name == cutName
			}
		}
		assert.True(t, cut)
		assert.Equal(t, self, got)
		assert.Empty(t, s.under[1:])
	}
}

// TestTime gives away all the processor time of the evaluations.
func TestTime(t *testing.T) {
	p := New(Options{})
	s := p.NewStack()
	f := s.AddFrame(function("f", 1))
	s.Begin()
	from := CPUTime()
	s.Enter(f, Costs{})
	for CPUTime() == from {
		_ = strings.Repeat("x", 1<<16)
	}
	s.Leave(Costs{})
	s.End(Costs{})
	to := CPUTime()
	total := int64(0)
	for _, n := range stacks(parse(t, p), 3) {
		total += n
	}
	assert.Positive(t, total)
	assert.LessOrEqual(t, total, int64(to-from)+int64(to-from)/10+1e8)
}

// TestFoldedOrder sorts numbers as such, and adds up what several workers did.
func TestFoldedOrder(t *testing.T) {
	p := New(Options{EveryCall: true})
	for range 2 {
		s := p.NewStack()
		s.Begin()
		for _, line := range []int{10, 9, 9} {
			s.Enter(s.AddFrame(function("f", line)), Costs{})
			s.Enter(s.AddFrame(Frame{Kind: File, Name: "/x.nix"}), Costs{}) // which is in no line
			s.Enter(s.AddFrame(function("", line)), Costs{})
			for range 3 {
				s.Leave(Costs{})
			}
		}
		s.End(Costs{})
	}
	var folded strings.Builder
	require.NoError(t, p.WriteFolded(&folded))
	assert.Equal(t, `/a/use.nix:7:9:f 4
/a/use.nix:7:9:f;/a/use.nix:7:9 4
/a/use.nix:7:10:f 2
/a/use.nix:7:10:f;/a/use.nix:7:10 2
`, folded.String())
}

// A lineWriter counts the lines and bytes written to it, and fails beyond max bytes.
type lineWriter struct{ lines, bytes, max int }

func (w *lineWriter) Write(text []byte) (int, error) {
	w.lines += bytes.Count(text, []byte("\n"))
	if w.bytes += len(text); w.bytes > w.max {
		return 0, io.ErrShortWrite
	}
	return len(text), nil
}

// TestFoldedDeep writes the stacks of a deep recursion, whose text is quadratic in the
// depth, and keeps none of that text.
func TestFoldedDeep(t *testing.T) {
	const depth = 4000
	p := New(Options{EveryCall: true})
	s := p.NewStack()
	f := s.AddFrame(function("f", 1))
	s.Begin()
	for range depth {
		s.Enter(f, Costs{})
	}
	for range depth {
		s.Leave(Costs{})
	}
	s.End(Costs{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := &lineWriter{max: math.MaxInt}
	require.NoError(t, p.WriteFolded(w))
	runtime.ReadMemStats(&after)
	assert.Equal(t, depth, w.lines)
	assert.Greater(t, w.bytes, depth*depth*8)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20))

	w = &lineWriter{max: 1 << 20}
	require.ErrorIs(t, p.WriteFolded(w), io.ErrShortWrite)
	assert.Less(t, w.bytes, 2<<20, "nothing is written after an error")
}
