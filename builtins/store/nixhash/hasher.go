package nixhash

// This file defines the computation of hashes.

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"

	"lukechampine.com/blake3"

	"github.com/firn-lang/firn/eval/budget"
)

// A Hasher is an io.Writer that hashes what is written to it.
type Hasher struct {
	hash.Hash
	algo Algo
	n    int64
}

// NewHasher returns a Hasher for the algorithm, which must be a known one.
func NewHasher(algo Algo) *Hasher {
	h := &Hasher{algo: algo}
	switch algo {
	case MD5:
		h.Hash = md5.New()
	case SHA1:
		h.Hash = sha1.New()
	case SHA512:
		h.Hash = sha512.New()
	case BLAKE3:
		h.Hash = blake3.New(BLAKE3.Size(), nil)
	default:
		h.Hash = sha256.New()
		h.algo = SHA256
	}
	return h
}

// Write adds data; it never fails.
func (h *Hasher) Write(data []byte) (int, error) {
	h.n += int64(len(data))
	return h.Hash.Write(data)
}

// Reset forgets what was written.
func (h *Hasher) Reset() {
	h.n = 0
	h.Hash.Reset()
}

// Len returns the number of bytes written so far.
func (h *Hasher) Len() int64 { return h.n }

// Result returns the hash of what was written so far. More can be written afterwards.
func (h *Hasher) Result() Hash {
	res := Hash{Algo: h.algo}
	h.Hash.Sum(res.Digest[:0])
	return res
}

// Sum returns the hash of data.
func Sum(algo Algo, data []byte) Hash {
	res := Hash{Algo: algo}
	switch algo {
	case MD5:
		d := md5.Sum(data)
		copy(res.Digest[:], d[:])
	case SHA1:
		d := sha1.Sum(data)
		copy(res.Digest[:], d[:])
	case SHA256:
		d := sha256.Sum256(data)
		copy(res.Digest[:], d[:])
	case SHA512:
		res.Digest = sha512.Sum512(data)
	case BLAKE3:
		d := blake3.Sum256(data)
		copy(res.Digest[:], d[:])
	}
	return res
}

// SumText returns the hash of texts, one behind the other, within a budget, which may be nil.
func SumText(b budget.Budget, algo Algo, texts ...string) (Hash, error) {
	const small = 1 << 10
	if len(texts) == 1 && len(texts[0]) <= small {
		return Sum(algo, []byte(texts[0])), nil
	}
	h := NewHasher(algo)
	if err := budget.Write(b, h, texts...); err != nil {
		return Hash{}, err
	}
	return h.Result(), nil
}

// Compress folds a digest to 20 bytes by xor, as store paths do with theirs.
func Compress(digest []byte) (folded [20]byte) {
	for i, c := range digest {
		folded[i%len(folded)] ^= c
	}
	return folded
}
