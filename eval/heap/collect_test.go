package heap

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

// graph makes a value at random, and returns what it looks like.
type graph struct {
	s   *Space
	rnd *rand.Rand
}

func (g graph) value(depth int) (Value, string) {
	s, n := g.s, g.rnd.IntN(9)
	if depth == 0 {
		n %= 5
	}
	switch n {
	case 0:
		x := g.rnd.Int64()
		return s.NewInt(x), fmt.Sprint(x)
	case 1:
		x := g.rnd.Float64()
		return s.NewFloat(x), fmt.Sprint(x)
	case 2:
		return s.NewInt(int64(g.rnd.IntN(100))), ""
	case 3:
		text := fmt.Sprint(make([]byte, g.rnd.IntN(40)))
		return s.NewString(text, 0), text
	case 4:
		return s.NewString("", 5), "empty with context"
	case 5:
		v := s.NewList(g.rnd.IntN(70))
		want := "["
		for i := range s.Elems(v) {
			l, text := g.lazy(depth - 1)
			s.Elems(v)[i] = l
			want += text + " "
		}
		return v, want + "]"
	case 6:
		x, text := g.lazy(depth - 1)
		y, text2 := g.lazy(depth - 1)
		fn := s.NewLambda(uint32(g.rnd.IntN(50)+1), 0)
		return s.NewPartial(fn, []Lazy{x, y}), "(" + text + text2 + ")"
	case 7:
		var entries []Entry
		want := "{"
		for i := range g.rnd.IntN(30) {
			l, text := g.lazy(depth - 1)
			entries = append(entries, Entry{lang.Symbol(i + 1), l})
			want += text + ";"
		}
		return s.AttrsOf(entries), want + "}"
	}
	a, _ := s.NewAttrs(0, 0)
	v := Value(a)
	want := "{"
	for i := range 12 {
		l, text := g.lazy(depth - 1)
		v, _ = s.Update(v, s.AttrsOf([]Entry{{lang.Symbol(i + 1), l}}))
		want += text + ";"
	}
	if g.rnd.IntN(2) == 0 {
		s.All(v)
	}
	return v, want + "}"
}

// lazy makes a value in one of the ways in which it can be somewhere.
func (g graph) lazy(depth int) (Lazy, string) {
	s := g.s
	v, want := g.value(depth)
	switch g.rnd.IntN(4) {
	case 0:
		l := s.NewThunk(1, 0)
		s.Resolve(l, v)
		return l, want
	case 1:
		env := s.NewEnv(0, 3)
		s.SetVar(env, 1, Lazy(v))
		return s.NewThunk(2, s.NewEnv(env, 0)), "<" + want + ">"
	case 2:
		block := s.NewApps(Lazy(v), 2)
		s.App(block, 0, Lazy(NullValue))
		return s.App(block, 1, Lazy(v)), "a" + want
	}
	return Lazy(v), want
}

// show returns what a value looks like.
func (g graph) show(l Lazy) string {
	s := g.s
	was := s.Peek(l)
	switch was.Kind() {
	case Thunk:
		return "<" + g.show(s.Var(s.Up(was.Env()), 1)) + ">"
	case App1:
		if g.show(was.Arg()) != g.show(s.AppFn(l, was)) {
			return "different"
		}
		return "a" + g.show(was.Arg())
	}
	v := s.Known(l)
	switch k := s.KindOf(v); {
	case k.IsInt():
		if n := s.Int(v); n < 0 || n >= 100 {
			return fmt.Sprint(n)
		}
		return ""
	case k == Float:
		return fmt.Sprint(s.Float(v))
	case k == String && s.Context(v) == 5:
		return "empty with context"
	case k == String:
		return s.Text(v)
	case k == List:
		out := "["
		for _, l := range s.Elems(v) {
			out += g.show(l) + " "
		}
		return out + "]"
	case k == Partial:
		_, args := s.Partial(v)
		return "(" + g.show(args[0]) + g.show(args[1]) + ")"
	}
	out := "{"
	for _, e := range s.All(v) {
		out += g.show(e.Value) + ";"
	}
	return out + "}"
}

// TestCollect makes values at random, drops some, collects, and looks whether
// the others are what they were.
func TestCollect(t *testing.T) {
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	g := graph{&s, rand.New(rand.NewPCG(1, 2))}
	type root struct {
		l    Lazy
		want string
	}
	var roots []root
	largest := uint64(0)
	for round := range 25 {
		for range 40 {
			l, want := g.lazy(3)
			roots = append(roots, root{l, want})
		}
		// One that is being forced by somebody who is gone.
		broken := s.NewThunk(3, 0)
		require.True(t, s.Claim(broken, s.Peek(broken), 7))
		g.rnd.Shuffle(len(roots), func(i, j int) { roots[i], roots[j] = roots[j], roots[i] })
		if len(roots) > 100 {
			roots = roots[:100]
		}
		m := Marker{OnCode: func(uint32) {}, OnPos: func(p lang.Pos) (lang.Pos, lang.Pos) { return p, p }}
		live := h.Collect(&m, func() {
			m.Mark(broken)
			for _, r := range roots {
				m.Mark(r.l)
			}
		})
		s.Reset()
		assert.Equal(t, live, h.Used())
		assert.Equal(t, Thunk, s.Peek(broken).Kind())
		assert.True(t, m.Codes.Has(3))
		for _, r := range roots {
			require.Equal(t, r.want, g.show(r.l))
		}
		if round == 10 {
			largest = h.next
		}
	}
	assert.Less(t, h.next, 2*largest, "what is free is used again")
}

// TestTakeExactly takes a run to its last word.
func TestTakeExactly(t *testing.T) {
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	var keep []Value
	for range 200 {
		keep = append(keep, s.NewString("1234567", 0)) // two words
		s.NewList(2*minRun - 2)                        // minRun words
	}
	m := Marker{OnCode: func(uint32) {}, OnPos: func(p lang.Pos) (lang.Pos, lang.Pos) { return p, p }}
	h.Collect(&m, func() {
		for _, v := range keep {
			m.Mark(Lazy(v))
		}
	})
	s.Reset()
	for range 1000 {
		s.NewList(2*minRun - 2)
		s.NewInt(1 << 40)
	}
	for _, v := range keep {
		require.Equal(t, "1234567", s.Text(v))
	}
}

// TestDecommit gives large pieces back to the system, and uses them again.
func TestDecommit(t *testing.T) {
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	for range 5 {
		v, bytes := s.NewBytes(String, 10<<20, 0)
		for i := range bytes {
			bytes[i] = 0xff
		}
		m := Marker{OnCode: func(uint32) {}, OnPos: func(p lang.Pos) (lang.Pos, lang.Pos) { return p, p }}
		h.Collect(&m, func() {})
		s.Reset()
		_ = v
		assert.Less(t, h.Used(), uint64(1<<20))
		list := s.NewList(1 << 20)
		for _, l := range s.Elems(list) {
			require.Zero(t, l, "memory that is used again is empty")
		}
	}
	assert.Less(t, h.next, uint64(4<<20))
}
