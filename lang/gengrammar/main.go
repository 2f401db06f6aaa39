// Gengrammar compiles participle struct tags to Go.
//
//	gengrammar -o OUT.go GRAMMAR.go
//
// It reads the productions (structs with parser tags) and unions of one file
// and writes a parse method for each: recursive descent on one token of
// look-ahead, with the names and rules that lang/parser.go expects. The subset
// of participle's notation is what the grammar needs:
//
//	Name  @Name  @( A | B )  @@  ( … )  ( … )?  ( … )*  @@* @@+  A | B  (?= Name )
//
// A grammar that one token cannot decide is an error.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gengrammar: ")
	out := flag.String("o", "", "file to write")
	flag.Parse()
	if flag.NArg() != 1 || *out == "" {
		log.Fatal("usage: gengrammar -o OUT.go GRAMMAR.go")
	}
	src, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	code, err := generate(flag.Arg(0), src)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, code, 0o666); err != nil {
		log.Fatal(err)
	}
}

// generate returns the Go source for the grammar in src.
func generate(name string, src []byte) ([]byte, error) {
	g, err := readGrammar(name, src)
	if err != nil {
		return nil, err
	}
	w := &writer{grammar: g}
	w.file()
	if w.err != nil {
		return nil, w.err
	}
	code, err := format.Source(w.buf.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, bytes.TrimSpace(w.buf.Bytes()))
	}
	return code, nil
}
