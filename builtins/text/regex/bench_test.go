package regex_test

// This file defines the benchmarks.

import (
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/text/regex"
)

// benchCases are patterns as package sets use them, and hard ones.
var benchCases = []struct{ name, op, pattern, text string }{
	{"literal", "match", `linux`, "x86_64-linux"},
	{"infix", "match", `.*linux.*`, "x86_64-linux-gnu"},
	{"suffix", "match", `(.*)\.nix`, "default.nix"},
	{"noSuffix", "match", `(.*)\.nix`, "some-rather-long-name.patch"},
	{"version", "match", `([0-9]+)\.([0-9]+)\.([0-9]+)(-(.*))?`, "12.34.5-rc1"},
	{"url", "match", `(https?)://([^/:]+)(:[0-9]+)?(/.*)?`, "https://example.org:8080/a/b/c.tar.gz"},
	{"word", "match", `[a-zA-Z_][a-zA-Z0-9_'-]*`, "some-attribute_name"},
	{"trim", "match", `[[:space:]]*(.*[^[:space:]])[[:space:]]*`, "   some words here  "},
	{"splitDot", "split", `\.`, "a.b.c.d.e.f"},
	{"splitSpace", "split", `[[:space:]]+`, "some words  to\tsplit here"},
	{"splitLines", "split", "\n", strings.Repeat("a line of text\n", 100)},
	{"splitAlt", "split", `(-|_|\.)`, "some-name_with.parts"},
	{"splitEmpty", "split", ``, "0123456789"},
	{"splitNone", "split", `(foo|bar)+`, strings.Repeat("some text without it ", 50)},
	{"hardMatch", "match", `(a*)*(a|b)*c`, strings.Repeat("a", 2000)},
	{"hardSplit", "split", `(a|aa)+b|a`, strings.Repeat("a", 2000)},
}

func BenchmarkRun(b *testing.B) {
	for _, c := range benchCases {
		b.Run(c.name, func(b *testing.B) {
			re, err := regex.Compile(c.pattern, nil)
			if err != nil {
				b.Fatal(err)
			}
			var groups []int
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				if c.op == "match" {
					if groups, _, err = re.Match(c.text, groups, nil); err != nil {
						b.Fatal(err)
					}
					continue
				}
				it := re.Iter(c.text, nil)
				for it.Next() {
				}
				if it.Err() != nil {
					b.Fatal(it.Err())
				}
			}
		})
	}
}

// BenchmarkCompile compiles a pattern and uses it once, which is when most of
// the work is done.
func BenchmarkCompile(b *testing.B) {
	for _, c := range benchCases {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				re, err := regex.Compile(c.pattern, nil)
				if err != nil {
					b.Fatal(err)
				}
				text := c.text[:min(len(c.text), 40)]
				if c.op == "match" {
					_, _, err = re.Match(text, nil, nil)
				} else {
					_, _, err = re.Find(text, 0, 0, nil, nil)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCache(b *testing.B) {
	var cache regex.Cache
	for b.Loop() {
		if _, err := cache.Get(`([0-9]+)\.([0-9]+)`, nil); err != nil {
			b.Fatal(err)
		}
	}
}
