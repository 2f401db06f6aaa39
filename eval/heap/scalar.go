package heap

// This file defines numbers, strings, paths and externals.

import (
	"math"
	"unsafe"

	"github.com/firn-lang/firn/lang"
)

const intBits = 56

func intWord(n int64) uint64 { return uint64(Int)<<intBits | uint64(n)&(1<<intBits-1) }

// NewInt returns an integer.
func (s *Space) NewInt(n int64) Value {
	if n >= minSmall && n <= maxSmall {
		return Value(smallInts + n - minSmall)
	}
	if n<<(64-intBits)>>(64-intBits) == n {
		r := s.alloc(1)
		s.setWord(r, intWord(n))
		return Value(r)
	}
	return s.boxed(BigInt, uint64(n))
}

func (s *Space) boxed(k Kind, bits uint64) Value {
	r := s.alloc(2)
	s.setWord(r, header(k, 0, r+1))
	s.setWord(r+1, bits)
	return Value(r)
}

// Int returns the number that an integer is.
func (s *Space) Int(v Value) int64 {
	w := s.word(uint32(v))
	if kindOf(w) == Int {
		return int64(w) << (64 - intBits) >> (64 - intBits)
	}
	return int64(s.word(uint32(w)))
}

// NewFloat returns a floating-point number.
func (s *Space) NewFloat(f float64) Value { return s.boxed(Float, math.Float64bits(f)) }

// Float returns the number that v is.
func (s *Space) Float(v Value) float64 {
	return math.Float64frombits(s.word(uint32(s.word(uint32(v)))))
}

// NewBool returns a Boolean.
func NewBool(b bool) Value {
	if b {
		return True
	}
	return False
}

// Bool returns whether v, a Boolean, is true.
func (s *Space) Bool(v Value) bool { return s.word(uint32(v))&1 != 0 }

// NewString returns a string with the bytes of text and a context, whose
// number is the owner's; 0 is none.
func (s *Space) NewString(text string, context uint32) Value {
	if len(text) == 0 && context == 0 {
		return EmptyStr
	}
	v, buf := s.NewBytes(String, len(text), context)
	copy(buf, text)
	return v
}

// NewPath returns a path.
func (s *Space) NewPath(text string) Value {
	v, buf := s.NewBytes(Path, len(text), 0)
	copy(buf, text)
	return v
}

// NewBytes returns a string or path of n bytes, to be filled at once.
func (s *Space) NewBytes(k Kind, n int, context uint32) (Value, []byte) {
	if uint64(n) > MaxText {
		panic(ErrFull)
	}
	r := s.alloc(1 + uint32((uint64(n)+wordSize-1)/wordSize))
	s.setWord(r, header(k, context, uint32(n)))
	return Value(r), unsafe.Slice((*byte)(unsafe.Add(s.base, uintptr(r+1)*wordSize)), n)
}

// Text returns the bytes of a string or path. They are the heap's own: they
// must not outlive it.
func (s *Space) Text(v Value) string {
	n := uint32(s.word(uint32(v)))
	return unsafe.String((*byte)(unsafe.Add(s.base, uintptr(v+1)*wordSize)), n)
}

// Frozen returns bytes as a string, without a copy. The bytes must never change again.
func Frozen(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) }

// MaxContext is the largest number of a context.
const MaxContext = symbolFlag - 1

// symbolFlag says that what stands in the place of a context is a symbol: a
// string without a context remembers the one it is the name of.
const symbolFlag = 1 << 23

// Context returns the number of the context of a string.
func (s *Space) Context(v Value) uint32 {
	if mid := midOf(s.word(uint32(v))); mid < symbolFlag {
		return mid
	}
	return 0
}

// Symbol returns the symbol that SetSymbol set; 0 if there is none.
func (s *Space) Symbol(v Value) lang.Symbol {
	if mid := midOf(s.word(uint32(v))); mid > symbolFlag {
		return lang.Symbol(mid - symbolFlag)
	}
	return 0
}

// SetSymbol remembers what symbol a string is the name of, if it can.
func (s *Space) SetSymbol(v Value, sym lang.Symbol) {
	if w := s.word(uint32(v)); midOf(w) == 0 && sym < symbolFlag && v != EmptyStr {
		s.publish(uint32(v), header(String, symbolFlag|uint32(sym), uint32(w)))
	}
}

// NewExternal returns a value that stands for entry n of a table of the owner.
func (s *Space) NewExternal(n uint32) Value {
	r := s.alloc(1)
	s.setWord(r, header(External, 0, n))
	return Value(r)
}

// External returns the number of an external value.
func (s *Space) External(v Value) uint32 { return uint32(s.word(uint32(v))) }
