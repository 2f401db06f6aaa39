//go:build reflective

package lang

// This file defines the parser that reads the tags of the grammar by
// reflection, as participle does. It is 20 times slower; a test compares what
// it makes of the corpus with what the compiled form makes.

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

const reflective = true

// byTags is the grammar as participle reads it. The operations in it need a
// parser to make nodes with: the one that holds the lock.
var byTags struct {
	sync.Mutex
	current *parser
}

var (
	fileByTags    = participle.MustBuild[file](append(grammarUnions, participle.Lexer(definition{}))...)
	operandByTags = participle.MustBuild[application](append(grammarUnions, participle.Lexer(definition{}))...)
	attrByTags    = mustProduction[attr]()
)

func mustProduction[P any]() *participle.Parser[P] {
	p, err := participle.ParserForProduction[P](fileByTags)
	if err != nil {
		panic(err)
	}
	return p
}

// GrammarText returns the grammar as participle prints it, with what is parsed
// by hand from the operator table.
func GrammarText() string {
	whole, rest := fileByTags.String()+"\n", operandByTags.String()
	var b strings.Builder
	b.WriteString(whole)
	for line := range strings.Lines(rest + "\n") {
		if !strings.Contains(whole, line) {
			b.WriteString(line)
		}
	}
	b.WriteString("\noperation = Application | prefix operation | operation infix operation | operation \"?\" Attr (\".\" Attr)* .\n")
	b.WriteString("Operators, those that bind most tightly first:\n")
	names := []string{assocLeft: "left", assocRight: "right", assocNone: "none"}
	for op := OpNegate; op < opCount; op++ {
		info := operators[op]
		kind := "infix " + names[info.assoc]
		if op == OpNegate || op == OpNot {
			kind = "prefix"
		}
		fmt.Fprintf(&b, "%2d  %-3s %s\n", info.prec, op, kind)
	}
	return b.String()
}

func (p *parser) parseReflective() Expr {
	byTags.Lock()
	defer byTags.Unlock()
	byTags.current = p
	def := definition{pipes: p.pipes, doc: p.file.addDoc}
	toks, _ := def.LexString("", p.file.Source)
	lex, err := lexer.Upgrade(toks)
	if err == nil {
		var f *file
		if f, err = fileByTags.ParseFromLexer(lex); err == nil {
			return p.tree(f.X)
		}
	}
	var unexpected participle.Error
	if len(p.errs) == 0 && errors.As(err, &unexpected) {
		at := p.file.Pos(unexpected.Position().Offset)
		p.errorf(Span{at, at}, "%s", unexpected.Message())
	}
	return nil
}

// Parse implements participle.Parseable.
func (x *operation) Parse(lex *lexer.PeekingLexer) error {
	p := byTags.current
	outer := p.lex
	defer func() { p.lex = outer }()
	p.lex = lex
	p.load()
	if x.node = p.climb(1); p.failed {
		return p.errs
	}
	return nil
}

func (x *operation) lower(*parser) Expr { return x.node }

func (p *parser) operand() operandExpr {
	if p.compiled {
		return operandExpr{node: p.parseOperandExpr()}
	}
	x, err := operandByTags.ParseFromLexer(p.lex, participle.AllowTrailing(true))
	if err != nil {
		p.failByTags(err)
		return operandExpr{}
	}
	p.load()
	return operandExpr{By: x, node: x.lower(p)}
}

func (p *parser) parseAttr(a *attr) {
	if p.compiled {
		a.parse(p)
		return
	}
	x, err := attrByTags.ParseFromLexer(p.lex, participle.AllowTrailing(true))
	if err != nil {
		p.failByTags(err)
		return
	}
	*a = *x
	p.load()
}

func (p *parser) failByTags(err error) {
	p.failed = true
	var unexpected participle.Error
	if errors.As(err, &unexpected) {
		at := p.file.Pos(unexpected.Position().Offset)
		p.errorf(Span{at, at}, "%s", unexpected.Message())
	}
}
