package heap

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/lang"
)

func space(t testing.TB) *Space {
	t.Helper()
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	return &s
}

func TestScalars(t *testing.T) {
	s := space(t)
	for _, n := range []int64{0, 1, -1, -16, -17, 1023, 1024, 1 << 54, 1<<55 - 1, 1 << 55, -1 << 55, -1<<55 - 1, math.MaxInt64, math.MinInt64} {
		v := s.NewInt(n)
		assert.True(t, s.KindOf(v).IsInt())
		assert.Equal(t, n, s.Int(v))
	}
	for _, f := range []float64{0, 1.5, -2, math.Inf(1), math.MaxFloat64} {
		assert.Equal(t, f, s.Float(s.NewFloat(f)))
	}
	assert.True(t, math.IsNaN(s.Float(s.NewFloat(math.NaN()))))
	assert.True(t, s.Bool(NewBool(true)))
	assert.False(t, s.Bool(NewBool(false)))
	for _, text := range []string{"", "a", "12345678", "a longer text than a word"} {
		v := s.NewString(text, 0)
		assert.Equal(t, text, s.Text(v))
		assert.Equal(t, len(text), s.Len(v))
	}
	v := s.NewString("", 7)
	assert.Equal(t, uint32(7), s.Context(v))
	assert.Equal(t, uint32(0), s.Context(EmptyStr))
	assert.Equal(t, Path, s.KindOf(s.NewPath("/a")))
}

func TestThunkLife(t *testing.T) {
	s := space(t)
	l := s.NewThunk(MaxCode, 99)
	was := s.Peek(l)
	assert.Equal(t, uint32(MaxCode), was.Code())
	assert.Equal(t, Env(99), was.Env())
	assert.True(t, s.Claim(l, was, 3))
	assert.Equal(t, BlackHole, s.Peek(l).Kind())
	assert.Equal(t, uint32(3), s.Peek(l).Owner())
	assert.False(t, s.Claim(l, was, 4), "it is claimed")
	s.Restore(l, was)
	assert.Equal(t, was, s.Peek(l))

	// What takes one word is copied over the thunk, so that it has its identity.
	assert.True(t, s.Claim(l, was, 0))
	fn := s.NewLambda(5, 6)
	assert.Equal(t, Value(l), s.Resolve(l, fn))
	code, env := s.Closure(Value(l))
	assert.Equal(t, uint32(5), code)
	assert.Equal(t, Env(6), env)

	// What takes more stays where it is.
	l = s.NewApp2(1, 2, 3)
	x, y := s.Args(l)
	assert.Equal(t, []Lazy{1, 2, 3}, []Lazy{s.AppFn(l, s.Peek(l)), x, y})
	text := s.NewString("text", 0)
	assert.Equal(t, text, s.Resolve(l, text))
	assert.Equal(t, text, s.Peek(l).Target())
	for _, v := range []Value{s.NewFloat(2.5), s.NewInt(1 << 60), s.NewPartial(fn, []Lazy{1, 2, 3})} {
		l := s.NewThunk(1, 0)
		assert.Equal(t, Value(l), s.Resolve(l, v))
	}
}

func TestApps(t *testing.T) {
	s := space(t)
	const n = maxBlock + 5
	block := s.NewApps(7, n)
	for _, i := range []int{0, 1, maxBlock - 1, maxBlock, n - 1} {
		l := s.App(block, i, Lazy(i+1))
		assert.Equal(t, App1, s.Kind(l))
		assert.Equal(t, Lazy(7), s.AppFn(l, s.Peek(l)))
		assert.Equal(t, Lazy(i+1), s.Peek(l).Arg())
	}
}

func TestLists(t *testing.T) {
	s := space(t)
	for _, n := range []int{0, 1, 2, 3, longList - 1, longList, longList + 1} {
		v := s.NewList(n)
		for i := range s.Elems(v) {
			s.Elems(v)[i] = Lazy(i + 1)
		}
		assert.Equal(t, n, s.Len(v))
		l := s.NewThunk(1, 0)
		became := s.Resolve(l, v)
		assert.Equal(t, Value(l), became, "a thunk that became a list has its own identity")
		assert.Equal(t, n, s.Len(became))
		if n > 0 {
			assert.Equal(t, Lazy(n), s.Elems(became)[n-1])
			assert.Equal(t, Lazy(n), s.Load(s.ElemSlot(became, n-1)))
		}
	}
}

func TestPartial(t *testing.T) {
	s := space(t)
	fn, args := s.Partial(s.NewPartial(8, []Lazy{1, 2, 3}))
	assert.Equal(t, Value(8), fn)
	assert.Equal(t, []Lazy{1, 2, 3}, args)
}

func TestEnvironments(t *testing.T) {
	s := space(t)
	e := s.NewEnv(7, 3)
	assert.Equal(t, Env(7), s.Up(e))
	for i := range uint32(3) {
		assert.Zero(t, s.Var(e, i))
		s.SetVar(e, i, Lazy(i+1))
	}
	we := s.NewWithEnv(e, 4, 5, 6)
	outer, pos := s.With(we)
	assert.Equal(t, []uint32{5, 6, 4}, []uint32{outer, pos, uint32(s.Var(we, 0))})
	assert.Equal(t, e, s.Up(we))
}

// TestUpdate compares random chains of updates with a map.
func TestUpdate(t *testing.T) {
	s := space(t)
	r := rand.New(rand.NewPCG(1, 2))
	type model map[lang.Symbol][2]uint32 // value and position
	random := func() (Value, model) {
		n := r.IntN(8)
		if r.IntN(5) == 0 {
			n = r.IntN(60)
		}
		m := model{}
		for range n {
			m[lang.Symbol(1+r.IntN(80))] = [2]uint32{1 + r.Uint32N(1000), 1 + r.Uint32N(1000)}
		}
		if len(m) == 0 {
			return EmptyAttrs, m
		}
		v, entries, posns := s.NewAttrsPos(len(m))
		i := 0
		for sym := lang.Symbol(1); sym <= 80; sym++ {
			if e, ok := m[sym]; ok {
				entries[i] = Entry{sym, Lazy(e[0])}
				posns[i] = lang.Pos(e[1])
				i++
			}
		}
		return v, m
	}
	for range 2000 {
		v, m := random()
		for range r.IntN(25) {
			v2, m2 := random()
			merged := model{}
			for _, x := range []model{m, m2} {
				for sym, e := range x {
					merged[sym] = e
				}
			}
			v, _ = s.Update(v, v2)
			m = merged
			if r.IntN(6) == 0 {
				require.Len(t, s.All(v), len(m)) // makes it complete
			}
		}
		require.Equal(t, len(m), s.Size(v))
		for sym := lang.Symbol(1); sym <= 80; sym++ {
			e, ok := m[sym]
			require.Equal(t, Lazy(e[0]), s.Get(v, sym))
			if ok {
				require.Equal(t, Origin{Pos: lang.Pos(e[1])}, s.Origin(v, sym))
			}
		}
		all := s.All(v)
		require.Len(t, all, len(m))
		for i, e := range all {
			require.Equal(t, Lazy(m[e.Name][0]), e.Value)
			require.True(t, i == 0 || all[i-1].Name < e.Name)
			require.Equal(t, lang.Pos(m[e.Name][1]), s.Origin(v, e.Name).Pos)
		}
	}
}

func TestLimit(t *testing.T) {
	h, err := New(1 << 20)
	require.NoError(t, err)
	s := h.Space()
	assert.False(t, h.Exhausted())
	assert.False(t, h.Fits(1<<40))
	for range 20 {
		s.NewList(20_000)
	}
	assert.True(t, h.Exhausted())
}

// TestCallEnvironments checks that an environment is used again, empty, unless
// something refers to it.
func TestCallEnvironments(t *testing.T) {
	s := space(t)
	up := s.NewEnv(0, 0)
	for n := range 12 {
		e := s.NewCallEnv(up, n)
		for i := range n {
			s.SetVar(e, uint32(i), 9)
		}
		s.FreeCallEnv(e)
		again := s.NewCallEnv(up, n)
		if n <= 2*(freeSizes-1) {
			assert.Equal(t, e, again, "%d slots", n)
		}
		assert.Equal(t, up, s.Up(again))
		for i := range n {
			assert.Zero(t, s.Var(again, uint32(i)))
		}
	}
	for name, capture := range map[string]func(Env){
		"thunk":       func(e Env) { s.NewThunk(1, e) },
		"lambda":      func(e Env) { s.NewLambda(1, e) },
		"lambdaThunk": func(e Env) { s.NewLambdaThunk(1, e) },
		"environment": func(e Env) { s.NewEnv(e, 1) },
		"with":        func(e Env) { s.NewWithEnv(e, 1, 0, 0) },
	} {
		e := s.NewCallEnv(up, 2)
		capture(e)
		s.FreeCallEnv(e)
		assert.NotEqual(t, e, s.NewCallEnv(up, 2), name)
	}
}

// TestUpdateTooLarge pretends that a set is as large as one can be.
func TestUpdateTooLarge(t *testing.T) {
	s := space(t)
	a := s.AttrsOf([]Entry{{1, 1}})
	s.setWord(uint32(a)+1, MaxAttrs)
	b := s.AttrsOf([]Entry{{2, 1}})
	assert.PanicsWithValue(t, ErrFull, func() { s.Update(a, b) })
}

func BenchmarkUpdateSmall(b *testing.B) {
	s := space(b)
	base := make([]Entry, 100)
	for i := range base {
		base[i] = Entry{lang.Symbol(i + 1), Lazy(i + 1)}
	}
	left := s.AttrsOf(base)
	right := s.AttrsOf([]Entry{{5, 1}, {50, 2}, {500, 3}})
	for b.Loop() {
		s.Update(left, right)
	}
}
