package gen

// This file defines Mutate, which damages programs.

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Mutate returns src with a little random damage: tokens or bytes lost,
// doubled, swapped or replaced. The result can still be a valid program.
func Mutate(r *rand.Rand, src string) string {
	for again := true; again; again = r.Float64() < 0.3 {
		if r.IntN(2) == 0 {
			src = mutateTokens(r, src)
		} else {
			src = pick(r, byteMutations...).apply(r, src)
		}
	}
	return src
}

func mutateTokens(r *rand.Rand, src string) string {
	tokens := Tokens(src)
	if len(tokens) == 0 {
		return pick(r, strangers...)
	}
	return strings.Join(pick(r, tokenMutations...).apply(r, tokens), "")
}

// strangers are tokens and pieces of tokens that may turn up anywhere.
var strangers = []string{
	"if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or", "...", "__curPos",
	"==", "!=", "<", ">", "<=", ">=", "&&", "||", "->", "//", "++", "+", "-", "*", "/", "!", "?", ".", ",", ":", "@", "=", ";",
	"|>", "<|", "|", "&", "$", "%", "^", "~", "`", "\\", "'", "''", "\"", "${", "#", "/*", "*/", "/**",
	"(", ")", "[", "]", "{", "}", "{}", "{ }:", "a:", "a@", "x", "undefined-variable", "a.b", ". or", "or or",
	"9223372036854775808", "99999999999999999999", "1.0e400", "1.0e-400", "5.0e-324", "0x10", "1e3", "0.", "1..2", ".e1",
	"./a/", "./${", "a//b", "~", "~/", "<a", "<a/>", "x:x", "x:", "./a${x}/", "/", "//a",
	"''$", "'''", "''\\", "$${", "\\${", "{ ${x} = 1; }", "inherit ${x};", "inherit (x) a a;", "{ a, a }:", "a = 1; a = 2;", "rec {", "let {",
}

// oddBytes are not allowed outside strings and comments, and some not at all.
var oddBytes = []string{
	"\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\xc3", "\xff", "\xc0\x80", "\xed\xa0\x80", "\xef\xbb\xbf",
	"\r", "\r\n", "\n", "\t", "\u00a0", "\u2028", "é", "🎉",
}

type tokenMutation struct {
	name  string
	apply func(*rand.Rand, []string) []string
}

var tokenMutations = []tokenMutation{
	{"delete token", func(r *rand.Rand, ts []string) []string {
		i := r.IntN(len(ts))
		return slices.Delete(ts, i, i+1)
	}},
	{"delete tokens", func(r *rand.Rand, ts []string) []string {
		i := r.IntN(len(ts))
		return slices.Delete(ts, i, min(len(ts), i+1+r.IntN(8)))
	}},
	{"double token", func(r *rand.Rand, ts []string) []string {
		i := r.IntN(len(ts))
		return slices.Insert(ts, i, ts[i])
	}},
	{"double tokens", func(r *rand.Rand, ts []string) []string {
		i := r.IntN(len(ts))
		j := min(len(ts), i+1+r.IntN(12))
		return slices.Insert(ts, j, slices.Clone(ts[i:j])...)
	}},
	{"swap tokens", func(r *rand.Rand, ts []string) []string {
		i, j := r.IntN(len(ts)), r.IntN(len(ts))
		ts[i], ts[j] = ts[j], ts[i]
		return ts
	}},
	{"swap neighbours", func(r *rand.Rand, ts []string) []string {
		i := r.IntN(len(ts))
		j := min(len(ts)-1, i+1)
		ts[i], ts[j] = ts[j], ts[i]
		return ts
	}},
	{"copy token", func(r *rand.Rand, ts []string) []string {
		ts[r.IntN(len(ts))] = ts[r.IntN(len(ts))]
		return ts
	}},
	{"replace token", func(r *rand.Rand, ts []string) []string {
		ts[r.IntN(len(ts))] = pick(r, strangers...)
		return ts
	}},
	{"insert token", func(r *rand.Rand, ts []string) []string {
		return slices.Insert(ts, r.IntN(len(ts)+1), pick(r, strangers...))
	}},
	{"insert token and space", func(r *rand.Rand, ts []string) []string {
		return slices.Insert(ts, r.IntN(len(ts)+1), " "+pick(r, strangers...)+" ")
	}},
	{"truncate at token", func(r *rand.Rand, ts []string) []string {
		return ts[:r.IntN(len(ts))]
	}},
	{"behead", func(r *rand.Rand, ts []string) []string {
		return ts[r.IntN(len(ts)):]
	}},
	{"delete space", func(r *rand.Rand, ts []string) []string {
		return changeOne(r, ts, isSpace, func(string) string { return "" })
	}},
	{"change bracket", func(r *rand.Rand, ts []string) []string {
		return changeOne(r, ts, isBracket, func(string) string { return pick(r, brackets...) })
	}},
}

var brackets = []string{"(", ")", "[", "]", "{", "}", "\"", "''", "${"}

func isBracket(s string) bool { return slices.Contains(brackets, s) }

func isSpace(s string) bool { return strings.TrimLeft(s, " \t\r\n") == "" }

// changeOne changes one of the tokens of some kind, if there are any.
func changeOne(r *rand.Rand, tokens []string, kind func(string) bool, change func(string) string) []string {
	var places []int
	for i, t := range tokens {
		if kind(t) {
			places = append(places, i)
		}
	}
	if len(places) > 0 {
		i := pick(r, places...)
		tokens[i] = change(tokens[i])
	}
	return tokens
}

type byteMutation struct {
	name  string
	apply func(*rand.Rand, string) string
}

var byteMutations = []byteMutation{
	{"insert odd byte", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		return s[:i] + pick(r, oddBytes...) + s[i:]
	}},
	{"insert any byte", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		return s[:i] + string([]byte{byte(r.IntN(256))}) + s[i:]
	}},
	{"insert stranger", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		return s[:i] + pick(r, strangers...) + s[i:]
	}},
	{"delete byte", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		return s[:i] + s[min(len(s), i+1):]
	}},
	{"delete bytes", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		return s[:i] + s[min(len(s), i+1+r.IntN(20)):]
	}},
	{"double bytes", func(r *rand.Rand, s string) string {
		i := r.IntN(len(s) + 1)
		j := min(len(s), i+1+r.IntN(20))
		return s[:j] + s[i:]
	}},
	{"flip bit", func(r *rand.Rand, s string) string {
		if s == "" {
			return s
		}
		b := []byte(s)
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return string(b)
	}},
	{"truncate", func(r *rand.Rand, s string) string {
		return s[:r.IntN(len(s)+1)]
	}},
}
