package heap

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A regionTest runs loops within loops, each in a region, that make values at random.
type regionTest struct {
	graph
	t       *testing.T
	pending []Lazy            // thunks that are not evaluated, the oldest first
	known   map[Lazy]string   // thunks that were, and pinned values: what they look like
	held    []map[Lazy]string // what the loops hold, the innermost last
}

// check looks whether all that can be reached is what it was.
func (r *regionTest) check() {
	for l, want := range r.known {
		require.True(r.t, want == r.show(l))
	}
	for _, held := range r.held {
		for l, want := range held {
			require.True(r.t, want == r.show(l))
		}
	}
}

// loop runs a loop whose steps evaluate older thunks, pin values and run loops.
func (r *regionTest) loop(depth int) {
	s := r.s
	waiting := len(r.pending)
	if len(s.stack) == 0 || r.rnd.IntN(3) == 0 {
		for range 5 {
			l := s.NewThunk(1, 0)
			s.Pin(l) // since the loop around this one does not hold it
			r.pending = append(r.pending, l)
		}
	}
	n := s.BeginRegion()
	held := map[Lazy]string{}
	r.held = append(r.held, held)
	for range 30 {
		l, want := r.lazy(1)
		switch k := r.rnd.IntN(12); {
		case k < 2 && len(r.pending) > 0:
			i := r.rnd.IntN(len(r.pending))
			old := r.pending[i]
			r.pending = append(r.pending[:i], r.pending[i+1:]...)
			if waiting > i {
				waiting--
			}
			if v := s.Known(l); v != 0 {
				s.Resolve(old, v)
				r.known[old] = want
			}
		case k == 2:
			s.Pin(l)
			r.known[l] = want
		case k == 3 && depth > 0:
			r.loop(depth - 1)
		case k < 6:
			held[l] = want
		case k == 6:
			clear(held)
		case k == 7 && len(held) == 0:
			s.DropRegion(n)
			r.check()
		default:
			r.lazy(2)
			s.CollectRegion(n, func(m *Marker) {
				for l := range held {
					m.Mark(l)
				}
			})
			r.check()
		}
	}
	// What the loop made is not known outside of it.
	r.held = r.held[:len(r.held)-1]
	r.pending = r.pending[:waiting]
	if r.rnd.IntN(2) == 0 {
		s.DropRegion(n)
	}
	s.EndRegion(n)
	r.check()
}

// TestRegions compares what is left of values after collections of regions with what they were.
func TestRegions(t *testing.T) {
	for seed := range uint64(20) {
		h, err := New(0)
		require.NoError(t, err)
		s := h.Space()
		s.Begin(0)
		r := &regionTest{graph: graph{&s, rand.New(rand.NewPCG(seed, 7))}, t: t, known: map[Lazy]string{}}
		for range 3 {
			r.loop(2)
			r.known = map[Lazy]string{} // of which nothing was remembered since no region is left
		}
		assert.Empty(t, s.stack)
		assert.Empty(t, s.remembered)
		free := uint64(0)
		for _, run := range append(h.free.small, h.free.large...) {
			free += run.words
		}
		assert.Equal(t, h.next, h.used.Load()+free, "each word is used or free")
	}
}

// TestRegionFrees makes much more than it holds, in memory that does not grow.
func TestRegionFrees(t *testing.T) {
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	s.Begin(0)
	old := s.NewThunk(1, 0)
	n := s.BeginRegion()
	acc := EmptyStr
	for i := range 2000 {
		acc = s.NewString(s.Text(acc)+"a line of text\n", 0)
		if i == 1000 {
			s.Resolve(old, acc)
		}
		if i%10 == 0 {
			s.CollectRegion(n, func(m *Marker) { m.Mark(Lazy(acc)) })
		}
	}
	s.EndRegion(n)
	assert.Len(t, s.Text(acc), 30_000)
	assert.Len(t, s.Text(s.Known(old)), 1001*15)
	assert.Less(t, h.Used(), uint64(1<<20))
	assert.Greater(t, s.Made().Bytes, uint64(30<<20))
	assert.Less(t, s.Taken(), uint64(1<<20))
}

// TestDropRegion drops what nothing refers to, and nothing else.
func TestDropRegion(t *testing.T) {
	h, err := New(0)
	require.NoError(t, err)
	s := h.Space()
	s.Begin(0)
	old := s.NewThunk(1, 0)
	n := s.BeginRegion()
	before := h.Used()
	for range 100_000 {
		s.NewString("nothing refers to this", 0)
	}
	s.Resolve(old, NullValue)
	assert.True(t, s.DropRegion(n))
	assert.LessOrEqual(t, h.Used(), before)
	l := Lazy(s.NewString("a value that something refers to", 0))
	assert.NotPanics(t, func() { s.Pin(l) })
	assert.False(t, s.DropRegion(n))
	s.EndRegion(n)
	assert.Equal(t, "a value that something refers to", s.Text(s.Known(l)))
}
