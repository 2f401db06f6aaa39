package memo

// This file defines the format of entries.
//
//	magic        8 bytes, with the version of the format
//	checksum     4 bytes, of all that follows: CRC-32C, little-endian
//	key          32 bytes
//	result       its length and its bytes
//	messages     their number, and each as the result
//	reads        their number, and each: a byte with its kind and what is there of it, how many bytes
//	             its name shares with that before, the rest of the name, hash, and stamp
//
// Numbers are varints of package binary. The reads of a NixOS machine, 9,000 of 120 bytes each as
// text, take 65 bytes each.

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"slices"

	"github.com/firn-lang/firn/eval/world"
)

const (
	magic  = "firnmem1"
	header = len(magic) + 4 + len(Key{})
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// kinds are the kinds of reads by number in an entry: numbers stay as they are, new ones are added at
// the end.
var kinds = []world.ReadKind{
	world.ReadContents, world.ReadListing, world.ReadTarget, world.ReadStat, world.ReadEnv, world.ReadAbsent, world.ReadFailed, world.ReadStore,
}

// What there is of a read, in its first byte.
const (
	kindMask = 0x0f
	hasStamp = 0x10
	hasSum   = 0x20 // the hash is a SHA-256, kept as 32 bytes
)

// encode returns an entry as a file. Kinds of reads that are not known make an entry that decode
// refuses.
func encode(key Key, e *Entry) []byte {
	size := header + len(e.Result) + 80*len(e.Reads) + 64
	for _, m := range e.Messages {
		size += len(m) + 8
	}
	b := make([]byte, 0, size)
	b = append(b, magic...)
	b = append(b, 0, 0, 0, 0)
	b = append(b, key[:]...)
	b = appendText(b, string(e.Result))
	b = binary.AppendUvarint(b, uint64(len(e.Messages)))
	for _, m := range e.Messages {
		b = appendText(b, m)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Reads)))
	last := ""
	for _, r := range e.Reads {
		b = appendRead(b, r, last)
		last = r.Name
	}
	binary.LittleEndian.PutUint32(b[len(magic):], crc32.Checksum(b[len(magic)+4:], castagnoli))
	return b
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// appendRead appends a read behind one whose name is last.
func appendRead(b []byte, r world.Read, last string) []byte {
	kind := slices.Index(kinds, r.Kind)
	if kind < 0 {
		kind = kindMask
	}
	first := byte(kind)
	sum, err := hex.DecodeString(r.Hash)
	if err == nil && len(sum) == 32 && hex.EncodeToString(sum) == r.Hash {
		first |= hasSum
	}
	if r.Stamp != (world.Stamp{}) {
		first |= hasStamp
	}
	shared := 0
	for shared < min(len(last), len(r.Name)) && last[shared] == r.Name[shared] {
		shared++
	}
	b = append(b, first)
	b = binary.AppendUvarint(b, uint64(shared))
	b = appendText(b, r.Name[shared:])
	if first&hasSum != 0 {
		b = append(b, sum...)
	} else {
		b = appendText(b, r.Hash)
	}
	if first&hasStamp != 0 {
		b = binary.AppendVarint(b, r.Stamp.Size)
		b = binary.AppendVarint(b, r.Stamp.ModTime)
		b = binary.AppendUvarint(b, r.Stamp.ID.Device)
		b = binary.AppendUvarint(b, r.Stamp.ID.Inode)
		b = binary.AppendVarint(b, r.Stamp.ID.Changed)
	}
	return b
}

var errDamaged = errors.New("damaged")

// decode returns the entry that a file is, if it is that of key and whole.
func decode(key Key, text []byte) (*Entry, error) {
	if len(text) < header || string(text[:len(magic)]) != magic ||
		binary.LittleEndian.Uint32(text[len(magic):]) != crc32.Checksum(text[len(magic)+4:], castagnoli) ||
		Key(text[len(magic)+4:header]) != key {
		return nil, errDamaged
	}
	r := reader{rest: text[header:]}
	return r.entry()
}

// entry takes all that is left as the part of an entry behind its key.
func (r *reader) entry() (*Entry, error) {
	e := &Entry{Result: r.bytes()}
	for range r.count(1) {
		e.Messages = append(e.Messages, string(r.bytes()))
	}
	n := r.count(4)
	e.Reads = make([]world.Read, 0, n)
	var name []byte // of the last read
	// texts has the names and hashes of all reads: one string for all takes a tenth of the time of
	// one for each. ends has where they end in it.
	texts := make([]byte, 0, 128*n)
	ends := make([]int, 0, 2*n)
	for range n {
		first := r.byte()
		shared := r.uvarint()
		if int(first&kindMask) >= len(kinds) || shared > uint64(len(name)) {
			return nil, errDamaged
		}
		name = append(name[:shared], r.bytes()...)
		read := world.Read{Kind: kinds[first&kindMask]}
		texts = append(texts, name...)
		ends = append(ends, len(texts))
		if first&hasSum != 0 {
			texts = hex.AppendEncode(texts, r.take(32))
		} else {
			texts = append(texts, r.bytes()...)
		}
		ends = append(ends, len(texts))
		if first&hasStamp != 0 {
			read.Stamp = world.Stamp{Size: r.varint(), ModTime: r.varint(), ID: world.FileID{Device: r.uvarint(), Inode: r.uvarint(), Changed: r.varint()}}
		}
		e.Reads = append(e.Reads, read)
	}
	if r.failed || len(r.rest) > 0 {
		return nil, errDamaged
	}
	all, start := string(texts), 0
	for i := range e.Reads {
		e.Reads[i].Name, e.Reads[i].Hash = all[start:ends[2*i]], all[ends[2*i]:ends[2*i+1]]
		start = ends[2*i+1]
	}
	return e, nil
}

// A reader takes things from the start of a text. At the first that is not there it fails, and
// returns zeros from then on.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.fail()
		return nil
	}
	out := r.rest[:n:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) fail() { r.failed, r.rest = true, nil }

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) bytes() []byte { return r.take(r.uvarint()) }

// count returns a number of things that take at least size bytes each.
func (r *reader) count(size int) int {
	n := r.uvarint()
	if n > uint64(len(r.rest)/size) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}
