package lang

// This file defines interned names.

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Symbol is an interned name: two names of one table are equal if their
// symbols are. The zero Symbol is no name. Symbols are numbered in the order
// in which they are first met, which in the reference is observable as the
// order of attributes in errors.
type Symbol uint32

// Names that the language itself uses, in every table.
const (
	symNone Symbol = 0
	symSub  Symbol = iota + symbolsEvaluator
	symLessThan
	symMul
	symDiv
	symOr
	symFindFile
	symNixPath
	symBody
)

// symbolsEvaluator is how many of the static names stand before those that
// the language uses: the ones that evaluation gives a meaning. They are first
// in every table since their order can be observed.
const symbolsEvaluator = 44

// staticNames has number 0, which is no name, then the rest in the order in
// which the reference numbers them.
var staticNames = strings.Fields(`-
	<with> outPath drvPath type meta name value system __overrides outputs outputName __ignoreNulls file line
	column __functor __toString right wrong __structuredAttrs __json allowedReferences allowedRequisites
	disallowedReferences disallowedRequisites maxSize maxClosureSize builder args __contentAddressed __impure
	outputHash outputHashAlgo outputHashMode recurseForDerivations description self epsilon startSet operator
	key path prefix outputSpecified
	__sub __lessThan __mul __div or __findFile __nixPath body`)

const symbolChunk = 512

// Symbols is a table of names. It may be used by several goroutines at once;
// finding a name that is known takes no lock.
type Symbols struct {
	seed    maphash.Seed
	shards  [symbolShards]atomic.Pointer[symbolIndex] // by the first bits of the hash
	chunks  atomic.Pointer[[]*[symbolChunk]string]
	mu      sync.Mutex // held to add a name
	count   atomic.Uint32
	names   atomic.Int64      // how many there are
	unused  []Symbol          // largest first
	inShard [symbolShards]int // how many names

	// Of a fork: what it has in common with others, and must copy before it changes it.
	sharedShards uint64 // a bit for each
	sharedChunks int    // the first ones
}

// A symbolIndex finds symbols by open addressing: hash<<32 | symbol.
type symbolIndex []atomic.Uint64

// symbolShards is into how many parts the index is cut: growing one of them takes
// no time to speak of, however many names there are.
const symbolShards = 64

// minShard is how long a part of the index is at first, so that the names of the language
// and of the builtins fit in.
const minShard = 1 << 4

// shard returns the part of the index that names of a hash are in.
func (s *Symbols) shard(hash uint32) *atomic.Pointer[symbolIndex] {
	return &s.shards[hash/(1<<32/symbolShards)]
}

// reuseSymbols is how many numbers are given out before those of names that
// Retain removed are used again. Until then symbols are in the order in which
// names were met.
const reuseSymbols = 1 << 22

// NewSymbols returns a table that knows the names the language itself uses,
// and then names, in this order.
func NewSymbols(names ...string) *Symbols {
	s := &Symbols{seed: maphash.MakeSeed()}
	for i := range s.shards {
		index := make(symbolIndex, minShard)
		s.shards[i].Store(&index)
	}
	s.chunks.Store(&[]*[symbolChunk]string{})
	for i, name := range staticNames {
		if i == 0 {
			s.append("") // number 0 is no name
			continue
		}
		if name == "epsilon" {
			name = "" // which Fields cannot tell
		}
		s.Intern(name)
	}
	for _, name := range names {
		s.Intern(name)
	}
	return s
}

// Fork returns a table that begins with the names of s, which must not get any others from now
// on. The two share their memory, until the fork gets names of its own: any number of tables
// begins with the same names for a few hundred bytes each.
func (s *Symbols) Fork() *Symbols {
	out := &Symbols{seed: s.seed, inShard: s.inShard, sharedShards: 1<<symbolShards - 1, sharedChunks: len(*s.chunks.Load())}
	for i := range out.shards {
		out.shards[i].Store(s.shards[i].Load())
	}
	out.chunks.Store(s.chunks.Load())
	out.count.Store(s.count.Load())
	out.names.Store(s.names.Load())
	return out
}

// ownShard copies part i of the index if it is shared, and returns it. s.mu is held.
func (s *Symbols) ownShard(i uint32) symbolIndex {
	old := *s.shards[i].Load()
	if s.sharedShards&(1<<i) == 0 {
		return old
	}
	s.sharedShards &^= 1 << i
	index := make(symbolIndex, len(old))
	for j := range old {
		index[j].Store(old[j].Load())
	}
	s.shards[i].Store(&index)
	return index
}

// ownChunks copies the chunks that are shared. s.mu is held.
func (s *Symbols) ownChunks() {
	if s.sharedChunks == 0 {
		return
	}
	chunks := slices.Clone(*s.chunks.Load())
	for i := range s.sharedChunks {
		own := *chunks[i]
		chunks[i] = &own
	}
	s.sharedChunks = 0
	s.chunks.Store(&chunks)
}

// Len returns one more than the largest symbol.
func (s *Symbols) Len() int { return int(s.count.Load()) }

// Name returns the name of sym.
func (s *Symbols) Name(sym Symbol) string {
	s.count.Load() // synchronizes with the goroutine that made sym, which stored the count last
	return (*s.chunks.Load())[sym/symbolChunk][sym%symbolChunk]
}

// Intern returns the symbol for name, a new one if need be. It keeps a copy
// of name, never name itself, which often is part of a large text.
func (s *Symbols) Intern(name string) Symbol {
	hash := uint32(maphash.String(s.seed, name))
	shard := s.shard(hash)
	if sym := s.find(*shard.Load(), hash, name); sym != 0 {
		return sym
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	index := s.ownShard(hash / (1 << 32 / symbolShards))
	if sym := s.find(index, hash, name); sym != 0 {
		return sym
	}
	in := &s.inShard[hash/(1<<32/symbolShards)]
	if *in++; 2**in >= len(index) {
		index = grow(shard)
	}
	var sym Symbol
	if n := len(s.unused); n > 0 && s.count.Load() >= reuseSymbols {
		sym = s.unused[n-1]
		s.unused = s.unused[:n-1]
		s.set(sym, strings.Clone(name))
	} else {
		sym = s.append(strings.Clone(name))
	}
	put(index, hash, sym)
	return sym
}

// Count returns how many names there are.
func (s *Symbols) Count() int { return int(s.names.Load()) }

// Retain removes all names but those for whose symbols keep returns true, and
// those the language itself uses. No other method may be called meanwhile.
// Symbols of the others mean nothing any more, and may come to mean new names.
func (s *Symbols) Retain(keep func(Symbol) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ownChunks()
	s.unused = nil
	names := 0
	for sym := Symbol(s.count.Load()) - 1; sym > 0; sym-- {
		if int(sym) < len(staticNames) || keep(sym) {
			names++
			continue
		}
		s.unused = append(s.unused, sym)
		if chunk := (*s.chunks.Load())[sym/symbolChunk]; chunk != &noNames {
			chunk[sym%symbolChunk] = ""
		}
	}
	s.names.Store(int64(names))
	s.reindex(names)
}

// noNames is a chunk of names that were all removed.
var noNames [symbolChunk]string

// reindex makes the index again, and lets chunks without a name be the same one.
func (s *Symbols) reindex(names int) {
	size := minShard
	for size*symbolShards < 4*names {
		size *= 2
	}
	s.inShard = [symbolShards]int{}
	var shards [symbolShards]symbolIndex
	for i := range shards {
		shards[i] = make(symbolIndex, size)
	}
	chunks := slices.Clone(*s.chunks.Load())
	unused := s.unused // whose last one is the smallest
	last := Symbol(s.count.Load()) / symbolChunk
	for i, chunk := range chunks {
		if chunk == &noNames {
			continue
		}
		used := false
		for j := range chunk {
			sym := Symbol(i*symbolChunk + j)
			for len(unused) > 0 && unused[len(unused)-1] < sym {
				unused = unused[:len(unused)-1]
			}
			if sym == 0 || sym >= Symbol(s.count.Load()) || len(unused) > 0 && unused[len(unused)-1] == sym {
				continue
			}
			used = true
			hash := uint32(maphash.String(s.seed, chunk[j]))
			put(shards[hash/(1<<32/symbolShards)], hash, sym)
			s.inShard[hash/(1<<32/symbolShards)]++
		}
		if !used && Symbol(i) < last {
			chunks[i] = &noNames
		}
	}
	for i := range shards {
		s.shards[i].Store(&shards[i])
	}
	s.sharedShards = 0
	s.chunks.Store(&chunks)
}

// set gives a symbol that was removed a new name.
func (s *Symbols) set(sym Symbol, name string) {
	s.ownChunks()
	i := sym / symbolChunk
	if chunks := *s.chunks.Load(); chunks[i] == &noNames {
		chunks = slices.Clone(chunks)
		chunks[i] = new([symbolChunk]string)
		s.chunks.Store(&chunks)
	}
	(*s.chunks.Load())[i][sym%symbolChunk] = name
	s.names.Add(1)
	s.count.Store(s.count.Load()) // see Name
}

// Lookup returns the symbol for name, or 0 if name was never interned.
func (s *Symbols) Lookup(name string) Symbol {
	hash := uint32(maphash.String(s.seed, name))
	return s.find(*s.shard(hash).Load(), hash, name)
}

func (s *Symbols) find(index symbolIndex, hash uint32, name string) Symbol {
	mask := uint32(len(index) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		entry := index[i].Load()
		if entry == 0 {
			return 0
		}
		if uint32(entry>>32) == hash {
			if sym := Symbol(entry); s.Name(sym) == name {
				return sym
			}
		}
	}
}

// append stores name under the next number. s.mu is held, or s is not shared yet.
func (s *Symbols) append(name string) Symbol {
	sym := Symbol(s.count.Load())
	s.ownChunks()
	chunks := *s.chunks.Load()
	if n := len(chunks); int(sym/symbolChunk) == n {
		grown := append(chunks[:n:n], new([symbolChunk]string))
		s.chunks.Store(&grown)
		chunks = grown
	}
	chunks[sym/symbolChunk][sym%symbolChunk] = name
	s.names.Add(1)
	s.count.Store(uint32(sym) + 1)
	return sym
}

// put publishes sym, whose name is stored already.
func put(index symbolIndex, hash uint32, sym Symbol) {
	mask := uint32(len(index) - 1)
	i := hash & mask
	for index[i].Load() != 0 {
		i = (i + 1) & mask
	}
	index[i].Store(uint64(hash)<<32 | uint64(sym))
}

// grow doubles a part of the index. Readers of the old one miss new names at worst,
// and then look again under the lock.
func grow(shard *atomic.Pointer[symbolIndex]) symbolIndex {
	old := *shard.Load()
	index := make(symbolIndex, 2*len(old))
	for i := range old {
		if entry := old[i].Load(); entry != 0 {
			put(index, uint32(entry>>32), Symbol(entry))
		}
	}
	shard.Store(&index)
	return index
}
