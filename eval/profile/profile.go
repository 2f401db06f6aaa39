package profile

// This file defines profiles and how they are collected.

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/lang"
)

// A Kind says what a Frame is.
type Kind uint8

// Kinds of frames.
const (
	Evaluation Kind = iota // what is under no call
	Function
	Builtin
	Functor // a set with __functor
	Unknown // not known, or not a value that can be called
	File    // a file that is evaluated
	Cut     // instead of frames that are not known any more
)

// A Frame is what a call is of.
type Frame struct {
	Kind  Kind
	Name  string        // what a function is bound to, or ""; of a builtin; path of a file
	About string        // the name of the derivation that derivationStrict makes; or ""
	Def   lang.Position // where a function is defined; or zero
	Call  lang.Position // where it was called; zero if it was called by a builtin
}

// Costs are what a worker counts. They only grow.
type Costs struct {
	Calls   uint64 // of functions and builtins
	Objects uint64 // values, thunks and environments that were made
	Bytes   uint64 // of memory that they take
}

// Options say how to collect a Profile.
type Options struct {
	// Frequency is how many times a second time is sampled. Default: 499, which is no
	// multiple of what programs do regularly.
	Frequency int
	// EveryCall says that each call is a sample of folded stacks, instead of the first
	// one after each tick. Arguments are not evaluated before their calls then, so that
	// stacks are those of the reference.
	EveryCall bool
}

const defaultFrequency = 499

// A Profile collects what the evaluations of an evaluator, or of several, cost.
// Its methods may be called by several goroutines at once. What writes it waits for the
// evaluations under way, so it must not be called by a function that one of them calls.
type Profile struct {
	opt   Options
	ticks atomic.Uint32
	cpu   atomic.Int64 // processor time that stacks have been charged so far
	start time.Time

	mu     sync.Mutex
	stacks []*Stack
	active int // evaluations under way
	stop   chan struct{}
	spent  time.Duration // while there were some
	since  time.Time     // when the first of them began
}

// New returns an empty Profile.
func New(opt Options) *Profile {
	if opt.Frequency <= 0 {
		opt.Frequency = defaultFrequency
	}
	return &Profile{opt: opt, start: time.Now()}
}

// EveryCall reports whether each call is a sample.
func (p *Profile) EveryCall() bool { return p.opt.EveryCall }

// begin starts the timer with the first evaluation.
func (p *Profile) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.active++; p.active > 1 {
		return
	}
	p.since = time.Now()
	p.cpu.Store(int64(CPUTime()))
	p.stop = make(chan struct{})
	go p.tick(p.stop)
}

func (p *Profile) tick(stop chan struct{}) {
	t := time.NewTicker(time.Second / time.Duration(p.opt.Frequency))
	defer t.Stop()
	for {
		select {
		case <-t.C:
			p.ticks.Add(1)
		case <-stop:
			return
		}
	}
}

// end stops the timer with the last evaluation.
func (p *Profile) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.active--; p.active == 0 {
		close(p.stop)
		p.spent += time.Since(p.since)
	}
}

// takeCPU returns the processor time that no stack has been charged yet, for the
// caller to charge.
func (p *Profile) takeCPU() int64 {
	now := int64(CPUTime())
	return now - p.cpu.Swap(now)
}

// maxNodes is how many stacks a worker tells apart: 56 bytes each, and about as
// much to find it again. Tests change it.
var maxNodes = 1 << 21

// A node is a stack: the calls under way, innermost last.
type node struct {
	parent  int32 // node 0 is its own
	frame   int32
	last    int32 // the child that was entered last; 0 if there is none
	samples uint32
	cost    Costs
	cpu     int64 // nanoseconds
}

// A Stack is the calls under way in one worker. Its methods are for the goroutine of
// the worker.
type Stack struct {
	p     *Profile
	mu    sync.Mutex // of what is read when a profile is written; held while evaluating
	nodes []node
	index map[int64]int32 // parent and frame to node
	// under is the nodes of the calls under way.
	under  []int32
	frames []Frame
	last   Costs  // when the present node was the innermost one first
	tick   uint32 // up to which processor time was taken
	// sampled is the tick for which there is a sample of folded stacks.
	sampled uint32
	cut     int32 // the frame of Kind Cut
}

// NewStack returns a Stack for one more worker.
func (p *Profile) NewStack() *Stack {
	s := &Stack{p: p, nodes: []node{{}}, index: map[int64]int32{}, under: []int32{0}}
	s.AddFrame(Frame{Kind: Evaluation})
	s.cut = s.AddFrame(Frame{Kind: Cut})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stacks = append(p.stacks, s)
	return s
}

// AddFrame returns the number by which Enter knows a frame.
func (s *Stack) AddFrame(f Frame) int32 {
	s.frames = append(s.frames, f)
	return int32(len(s.frames) - 1)
}

// Begin begins an evaluation, in which there are no calls yet.
func (s *Stack) Begin() {
	s.mu.Lock()
	s.p.begin()
	s.under = s.under[:1]
}

// End ends an evaluation. now is what its worker counts.
func (s *Stack) End(now Costs) {
	s.charge(now)
	s.nodes[s.under[len(s.under)-1]].cpu += s.p.takeCPU()
	s.p.end()
	s.mu.Unlock()
}

// Enter begins a call. now is what the worker counts.
func (s *Stack) Enter(frame int32, now Costs) {
	s.charge(now)
	up := s.under[len(s.under)-1]
	n := s.nodes[up].last
	if n == 0 || s.nodes[n].frame != frame {
		n = s.child(up, frame)
	}
	s.under = append(s.under, n)
	if t := s.p.ticks.Load(); t != s.sampled || s.p.opt.EveryCall {
		s.sampled = t
		if s.frames[frame].Kind != File { // which is no call
			s.nodes[n].samples++
		}
	}
}

// child returns the child of a node for a frame.
func (s *Stack) child(up, frame int32) int32 {
	key := int64(up)<<32 | int64(frame)
	n, ok := s.index[key]
	switch {
	case ok:
	case len(s.nodes) < maxNodes || up == 0 || s.nodes[up].frame == s.cut && s.nodes[up].parent == 0:
		n = int32(len(s.nodes))
		s.nodes = append(s.nodes, node{parent: up, frame: frame})
		s.index[key] = n
	default:
		// It may be under way, or have been called by something that is.
		for k := len(s.under) - 1; k > 0 && !ok; k-- {
			if n, ok = s.under[k], s.nodes[s.under[k]].frame == frame; !ok {
				n, ok = s.index[int64(n)<<32|int64(frame)]
			}
		}
		if !ok {
			n = s.child(s.child(0, s.cut), frame)
		}
	}
	s.nodes[up].last = n
	return n
}

// Leave ends the innermost call.
func (s *Stack) Leave(now Costs) {
	s.charge(now)
	s.under = s.under[:len(s.under)-1]
}

// charge gives what was counted since the last time to the innermost node.
func (s *Stack) charge(now Costs) {
	n := &s.nodes[s.under[len(s.under)-1]]
	n.cost.Calls += now.Calls - s.last.Calls
	n.cost.Objects += now.Objects - s.last.Objects
	n.cost.Bytes += now.Bytes - s.last.Bytes
	s.last = now
	if t := s.p.ticks.Load(); t != s.tick {
		s.tick = t
		n.cpu += s.p.takeCPU()
	}
}
