package heap

// This file defines thunks, functions and environments.
//
// The life of a thunk: suspended (Thunk, Field, App1, App2); claimed by the
// worker that forces it (BlackHole); then a value, or a FailedThunk. A force that was
// interrupted or met a limit leaves it suspended, so that it can be forced again; a
// FailedThunk whose failure is forgotten is suspended again.
// Applications are not claimed: the first worker that is done decides what they
// became.

import (
	"sync/atomic"
	"unsafe"
)

// NewThunk returns the thunk of code in env.
func (s *Space) NewThunk(code uint32, env Env) Lazy {
	s.capture(env)
	r := s.alloc(1)
	s.setWord(r, header(Thunk, code, uint32(env)))
	return Lazy(r)
}

// An Apps is a block of thunks that apply one function: the function, then one
// word for each thunk, which knows how far back the function is.
type Apps uint32

// maxBlock is how far back the function of a thunk can be.
const maxBlock = MaxCode

// NewApps returns a block of n thunks that apply fn, to be made with App. More
// than fit into a block are in several, which App knows.
func (s *Space) NewApps(fn Lazy, n int) Apps {
	blocks := uint32((n + maxBlock - 1) / maxBlock)
	r := s.alloc(uint32(n) + blocks)
	s.objects += uint64(n)
	for i := range blocks {
		s.setWord(r+i*(maxBlock+1), header(appHead, 0, uint32(fn)))
	}
	return Apps(r)
}

// App makes thunk i of a block: the function applied to x.
func (s *Space) App(block Apps, i int, x Lazy) Lazy {
	back := uint32(i%maxBlock) + 1
	r := uint32(block) + uint32(i/maxBlock)*(maxBlock+1) + back
	s.setWord(r, header(App1, back, uint32(x)))
	return Lazy(r)
}

// AppFn returns the function of an App1 or App2 thunk, which is was. It may be
// something else by now.
func (s *Space) AppFn(l Lazy, was Claim) Lazy {
	w := uint64(was)
	if kindOf(w) == App1 {
		w = s.word(uint32(l) - midOf(w))
	}
	return Lazy(w)
}

// Arg returns the argument of an App1.
func (c Claim) Arg() Lazy { return Lazy(c) }

// NewApp2 returns the thunk of fn applied to x and y.
func (s *Space) NewApp2(fn, x, y Lazy) Lazy {
	r := s.alloc(2)
	s.setWord(r, header(App2, 0, uint32(fn)))
	s.setWord(r+1, uint64(x)|uint64(y)<<32)
	return Lazy(r)
}

// NewField returns the thunk of code that looks something up in from.
func (s *Space) NewField(code uint32, from Lazy) Lazy {
	r := s.alloc(1)
	s.setWord(r, header(Field, code, uint32(from)))
	return Lazy(r)
}

// A Claim is what a claimed thunk was.
type Claim uint64

// Kind returns the kind of the thunk.
func (c Claim) Kind() Kind {
	if k := kindOf(uint64(c)); k < BlackHole {
		return k
	}
	return BlackHole
}

// Owner returns which worker claimed a BlackHole.
func (c Claim) Owner() uint32 { return uint32(kindOf(uint64(c))) % MaxWorkers }

// Code returns the code of a Thunk.
func (c Claim) Code() uint32 { return midOf(uint64(c)) }

// Env returns the environment of a Thunk.
func (c Claim) Env() Env { return Env(c) }

// From returns what a Field looks into.
func (c Claim) From() Lazy { return Lazy(c) }

// Args returns the arguments of an App2.
func (s *Space) Args(l Lazy) (x, y Lazy) {
	w := s.word(uint32(l) + 1)
	return Lazy(w), Lazy(w >> 32)
}

// Peek returns what the thunk is, without claiming it.
func (s *Space) Peek(l Lazy) Claim { return Claim(s.word(uint32(l))) }

// Known returns what l is, or became; 0 if it is still to be evaluated.
func (s *Space) Known(l Lazy) Value {
	switch was := s.Peek(l); {
	case was.Kind() == Indirect:
		return was.Target()
	case was.Kind() <= lastValue:
		return Value(l)
	}
	return 0
}

// Target returns what an Indirect became.
func (c Claim) Target() Value { return Value(c) }

// MaxWorkers is how many workers a heap can have. They are counted from 0.
const MaxWorkers = 1 << 6

// wasField in the kind of a black hole says that it was a Field.
const wasField = 1 << 6

// Claim makes a Thunk or Field, which Peek said that it was, a black hole claimed
// by worker. It fails if it is something else now. The kind is all that changes:
// so what is claimed by a worker that came to grief can be told.
func (s *Space) Claim(l Lazy, was Claim, worker uint32) bool {
	k := BlackHole | Kind(worker)
	if kindOf(uint64(was)) == Field {
		k |= wasField
	}
	p := (*uint64)(unsafe.Add(s.base, uintptr(l)*wordSize))
	return atomic.CompareAndSwapUint64(p, uint64(was), uint64(was)&(1<<56-1)|uint64(k)<<56)
}

// unclaimed returns what a black hole was.
func unclaimed(w uint64) uint64 {
	k := Thunk
	if kindOf(w)&wasField != 0 {
		k = Field
	}
	return w&(1<<56-1) | uint64(k)<<56
}

// Unclaim makes a thunk what it was before a worker claimed it that came to
// grief; was is the black hole.
func (s *Space) Unclaim(l Lazy, was Claim) { s.swap(l, was, unclaimed(uint64(was))) }

// Restore makes a claimed thunk, or one that failed, what it was.
func (s *Space) Restore(l Lazy, was Claim) { s.publish(uint32(l), uint64(was)) }

// Fail makes a claimed thunk the failure of that number.
func (s *Space) Fail(l Lazy, number uint32) {
	s.publish(uint32(l), header(FailedThunk, 0, number))
}

// FailApp makes an application the failure of that number, and reports whether
// it did: it may be something else by now.
func (s *Space) FailApp(l Lazy, was Claim, number uint32) bool {
	return s.swap(l, was, header(FailedThunk, 0, number))
}

func (s *Space) swap(l Lazy, was Claim, w uint64) bool {
	p := (*uint64)(unsafe.Add(s.base, uintptr(l)*wordSize))
	return atomic.CompareAndSwapUint64(p, uint64(was), w)
}

// Failure returns the number of a FailedThunk.
func (c Claim) Failure() uint32 { return uint32(c) }

// Resolve makes a claimed thunk v, and returns the reference that stands for
// the two from now on.
func (s *Space) Resolve(l Lazy, v Value) Value {
	w := s.word(uint32(v))
	if kindOf(w) <= lastWord {
		s.publish(uint32(l), w)
		s.became(uint32(l), uint32(w))
		return Value(l)
	}
	s.publish(uint32(l), header(Indirect, 0, uint32(v)))
	s.became(uint32(l), uint32(v))
	return v
}

// ResolveApp is Resolve, for an application. If another worker was faster, its
// result is what counts.
func (s *Space) ResolveApp(l Lazy, was Claim, v Value) Value {
	w := s.word(uint32(v))
	r := Value(l)
	if kindOf(w) > lastWord {
		w, r = header(Indirect, 0, uint32(v)), v
	}
	if s.swap(l, was, w) {
		s.became(uint32(l), uint32(w))
		return r
	}
	switch now := s.Peek(l); {
	case now.Kind() == Indirect:
		return now.Target()
	case now.Kind() <= lastValue:
		return Value(l)
	}
	return v
}

// Own returns v with an identity of its own, if it is a function or a list; what
// a thunk that became v would be.
func (s *Space) Own(v Value) Value {
	w := s.word(uint32(v))
	if k := kindOf(w); !k.IsFunction() && k != List || v == EmptyList {
		return v
	}
	r := s.alloc(1)
	s.setWord(r, w)
	return Value(r)
}

// NewLambda returns the closure of code in env.
func (s *Space) NewLambda(code uint32, env Env) Value {
	s.capture(env)
	r := s.alloc(1)
	s.setWord(r, header(Lambda, code, uint32(env)))
	return Value(r)
}

// NewLambdaThunk returns the thunk of a closure, which it becomes by Look.
func (s *Space) NewLambdaThunk(code uint32, env Env) Lazy {
	s.capture(env)
	r := s.alloc(1)
	s.setWord(r, header(LambdaThunk, code, uint32(env)))
	return Lazy(r)
}

// Look makes a LambdaThunk the closure that it stands for.
func (s *Space) Look(l Lazy) Value {
	w := s.word(uint32(l))
	s.publish(uint32(l), header(Lambda, midOf(w), uint32(w)))
	return Value(l)
}

// Code returns the code of a Lambda, or the number of a Builtin.
func (s *Space) Code(v Value) uint32 { return midOf(s.word(uint32(v))) }

// Closure returns code and environment of a Lambda.
func (s *Space) Closure(v Value) (uint32, Env) {
	w := s.word(uint32(v))
	return midOf(w), Env(w)
}

// NewBuiltin returns builtin n.
func (s *Space) NewBuiltin(n uint32) Value {
	r := s.alloc(1)
	s.setWord(r, header(Builtin, n, 0))
	return Value(r)
}

// NewPartial returns fn, a Lambda or Builtin, applied to args.
func (s *Space) NewPartial(fn Value, args []Lazy) Value {
	r := s.alloc(2 + uint32(len(args)+1)/2)
	s.setWord(r, header(Partial, uint32(len(args)), r+1))
	s.setWord(r+1, uint64(fn))
	copy(unsafe.Slice((*Lazy)(unsafe.Add(s.base, uintptr(r+2)*wordSize)), len(args)), args)
	return Value(r)
}

// Partial returns the function and the arguments of a Partial.
func (s *Space) Partial(v Value) (fn Value, args []Lazy) {
	w := s.word(uint32(v))
	body := uint32(w)
	return Value(s.word(body)), unsafe.Slice((*Lazy)(unsafe.Add(s.base, uintptr(body+1)*wordSize)), midOf(w))
}

// NewEnv returns an environment of n slots, all empty, inside up.
func (s *Space) NewEnv(up Env, n int) Env {
	s.capture(up)
	s.made.Envs++
	s.made.Slots += uint64(n)
	r := s.alloc(1 + uint32(n+1)/2)
	s.setWord(r, header(environment, uint32(n), uint32(up)))
	return Env(r)
}

// captured is a flag of an environment: something refers to it that may live
// longer than the call that made it.
const captured = 1 << 23

// MaxVars is how many variables an environment can have.
const MaxVars = captured - 1

// capture sets the flag. An environment without it is known to one worker only.
func (s *Space) capture(e Env) {
	if w := s.word(uint32(e)); w&(captured<<32) == 0 {
		s.setWord(uint32(e), w|captured<<32)
	}
}

// freeSizes is how many sizes of environments are used again.
const freeSizes = 5

// NewCallEnv returns an environment for a call, of n slots, all empty, inside
// up, which is that of a closure. Give it back to FreeCallEnv. Of ten
// calls of a NixOS machine seven leave an environment that can be used again.
func (s *Space) NewCallEnv(up Env, n int) Env {
	words := uint32(n+1) / 2
	if words < freeSizes {
		if r := s.free[words]; r != 0 {
			s.free[words] = uint32(s.word(r))
			s.setWord(r, header(environment, uint32(n), uint32(up)))
			for i := uint32(1); i <= words; i++ {
				s.setWord(r+i, 0)
			}
			return Env(r)
		}
	}
	s.made.Envs++
	s.made.Slots += uint64(n)
	r := s.alloc(1 + words)
	s.setWord(r, header(environment, uint32(n), uint32(up)))
	return Env(r)
}

// FreeCallEnv takes back an environment whose call has returned. It is used
// again unless something captured it.
func (s *Space) FreeCallEnv(e Env) {
	mid := midOf(s.word(uint32(e)))
	if words := (mid + 1) / 2; mid < captured && words < freeSizes {
		s.setWord(uint32(e), uint64(s.free[words]))
		s.free[words] = uint32(e)
	}
}

// NewWithEnv returns the environment of a with: variable 0 is the set. outer
// is how many environments to go out to the next with, 0 if there is none, and
// pos is what With returns.
func (s *Space) NewWithEnv(up Env, set Lazy, outer, pos uint32) Env {
	s.capture(up)
	s.made.Envs++
	s.made.Slots++
	r := s.alloc(3)
	s.setWord(r, header(withEnvironment, 0, uint32(up)))
	s.setWord(r+1, uint64(set))
	s.setWord(r+2, uint64(outer)|uint64(pos)<<32)
	return Env(r)
}

// With returns what the environment of a with was made with.
func (s *Space) With(e Env) (outer, pos uint32) {
	w := s.word(uint32(e) + 2)
	return uint32(w), uint32(w >> 32)
}

// Up returns the environment around e.
func (s *Space) Up(e Env) Env { return Env(s.word(uint32(e))) }

// Var returns variable i of e; 0 if it was not set yet.
func (s *Space) Var(e Env, i uint32) Lazy {
	return *(*Lazy)(unsafe.Add(s.base, uintptr(e+1)*wordSize+uintptr(i)*4))
}

// SetVar sets variable i of e.
func (s *Space) SetVar(e Env, i uint32, l Lazy) {
	publish32((*uint32)(unsafe.Add(s.base, uintptr(e+1)*wordSize+uintptr(i)*4)), uint32(l))
}
