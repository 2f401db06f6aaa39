package lang

// This file defines the entry to the parser, and what the generated parse
// methods stand on: the next token, and errors.

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// A Config says how source text is parsed, and holds what all texts of one
// evaluation share. It may be used by several goroutines at once, but its
// fields must not change once it is used.
type Config struct {
	Files   *FileSet
	Symbols *Symbols
	Lints   Lints
	// Pipes allows the operators |> and <|, the reference's experimental
	// feature pipe-operators. Default: they are errors that name the feature.
	Pipes bool

	compiled bool // with the build tag reflective: use the compiled grammar all the same
}

// A Lint says what is done about what may be written otherwise.
type Lint uint8

// Reactions to a form.
const (
	LintIgnore Lint = iota
	LintWarn
	LintFatal
)

// Lints are the settings lint-…-literals of the reference.
type Lints struct {
	URL          Lint // http://a without quotes
	ShortPath    Lint // a/b, without ./
	AbsolutePath Lint // /a or ~/a
	NoHome       bool // ~/a is an error: values must not depend on the user who evaluates
}

// NewConfig returns a Config with no files and no names of its own.
func NewConfig() *Config {
	return &Config{Files: NewFileSet(), Symbols: NewSymbols()}
}

// A Tree is one source text, parsed.
type Tree struct {
	File     *File
	Root     Expr
	Warnings []*Error // what has a meaning that is about to change

	symbols *Symbols
}

// maxDepth bounds how deeply expressions nest, so that recursion over a tree
// cannot exhaust Go's stack. An expression in parentheses counts twice. The
// reference takes 100,000 parentheses, and crashes on a million lists.
const maxDepth = deepest

const tooDeep = "expression is nested too deeply"

// maxErrors bounds how many errors of one text are reported.
const maxErrors = 100

// Parse parses a source text. name is what messages call it. The error, if
// any, is an ErrorList; then there is no tree.
func (c *Config) Parse(name, source string) (*Tree, error) {
	return c.ParseUntil(name, source, nil)
}

// ErrStopped says that a text was not parsed to its end.
var ErrStopped = errors.New("parsing was stopped")

// ParseUntil is Parse, which ends with ErrStopped soon after stop returns true.
// It is asked every thousand tokens, and told how deep the text nests there:
// a level takes about a kilobyte of stack.
func (c *Config) ParseUntil(name, source string, stop func(depth int) bool) (*Tree, error) {
	return c.ParseFile(name, name, source, stop)
}

// ParseFile is ParseUntil for a file whose path is not what messages call it.
func (c *Config) ParseFile(name, path, source string, stop func(depth int) bool) (*Tree, error) {
	f, err := c.Files.AddFile(name, path, source)
	if err != nil {
		return nil, err
	}
	return c.parse(f, wrapNone, stop)
}

// ParseBindings parses bindings, as they stand between the braces of a set: the
// tree is that set. The semicolon of the last one may be missing. stop may be nil;
// see ParseUntil.
func (c *Config) ParseBindings(name, source string, stop func(depth int) bool) (*Tree, error) {
	f, err := c.Files.Add(name, source)
	if err != nil {
		return nil, err
	}
	return c.parse(f, wrapOpen, stop)
}

// parse parses the text of f.
func (c *Config) parse(f *File, wrap wrapping, stop func(depth int) bool) (*Tree, error) {
	p := parsers.Get().(*parser)
	defer p.free()
	p.start(c, f)
	p.scan.wrap = wrap
	if stop != nil {
		p.window.stop = func() bool { return stop(p.depth) }
	}
	root := p.parseFile()
	if p.window.ended {
		return nil, ErrStopped
	}
	if len(p.errs) > 0 {
		slices.SortStableFunc(p.errs, func(a, b *Error) int { return cmp.Compare(a.met, b.met) })
		return nil, p.errs
	}
	return &Tree{File: f, Root: root, Warnings: p.warnings, symbols: c.Symbols}, nil
}

// parsers keeps parsers, whose buffers are worth keeping. That is no state:
// nothing of one parse reaches the next.
var parsers = sync.Pool{New: func() any { return newParser() }}

// A parser parses one text at a time.
type parser struct {
	grammar *participle.Parser[file]
	lex     *lexer.PeekingLexer // during a parse, participle's copy of lexer0
	lexer0  *lexer.PeekingLexer
	window  *window
	scan    scanner

	tok  *lexer.Token // the next token; valid until next is called
	kind lexer.TokenType

	file     *File
	symbols  *Symbols
	lints    Lints
	pipes    bool
	compiled bool
	stacks   stacks
	attrs    attrMerger
	pieces   []indPiece // of the indented string that is being made
	levels

	// failed says that there is a syntax error here: everybody returns, up to
	// where recovery is possible. fatal says that it is nowhere.
	failed, fatal bool
	openIf        bool // a binding with an error had an if without its else
	errs          ErrorList
	warnings      []*Error
}

func newParser() *parser {
	p := &parser{}
	p.window, p.lexer0 = newWindow()
	p.grammar = participle.MustBuild[file](participle.Lexer(definition{}), participle.ParseTypeWith(p.parseRoot))
	return p
}

func (p *parser) start(c *Config, f *File) {
	p.file, p.symbols, p.lints, p.pipes, p.compiled = f, c.Symbols, c.Lints, c.Pipes, c.compiled
	p.failed, p.fatal, p.openIf = false, false, false
	p.levels.begin()
	p.errs, p.warnings = nil, nil
	p.scan = scanner{src: f.Source, pipes: c.Pipes, modes: p.scan.modes[:0], doc: f.addDoc}
	p.window.reset()
	p.window.stop, p.window.ended = nil, false
	p.stacks.release(stackMark{})
}

// free gives the parser back. What buffers still refer to goes when the garbage
// collector empties the pool; clearing them would take longer than a small file.
func (p *parser) free() {
	p.attrs.clear()
	p.window.stop = nil
	p.scan, p.file, p.symbols, p.errs, p.warnings = scanner{modes: p.scan.modes[:0]}, nil, nil, nil, nil
	parsers.Put(p)
}

func (f *File) addDoc(token, start, end int) {
	if f.docs == nil {
		f.docs = map[Pos]Span{}
	}
	f.docs[f.Pos(token)] = Span{f.Pos(start), f.Pos(end)}
}

func (p *parser) parseFile() Expr {
	if reflective && !p.compiled {
		return p.parseReflective()
	}
	p.refill(p.lexer0)
	f, err := p.grammar.ParseFromLexer(p.lexer0)
	if err != nil && len(p.errs) == 0 {
		p.errorf(Span{p.file.Pos(0), p.file.Pos(0)}, "internal error: %s", err).Code = CodeInternal
	}
	return f.X
}

// parseRoot is what participle calls for the expression that a file is.
func (p *parser) parseRoot(lex *lexer.PeekingLexer) (Expr, error) {
	p.lex = lex
	p.load()
	x := p.parseExpr()
	switch set, ok := x.(*Attrs); {
	case p.failed || p.kind == tokEOF:
	case p.scan.wrap != wrapNone && ok: // a brace of the text closed ours
		p.errorf(Span{set.End - 1, set.End}, "syntax error, unexpected '}'").Token = "'}'"
	default:
		p.unexpected(tokEOF)
	}
	// participle wants to see the end of the text.
	p.window.toks[0].Type = tokEOF
	lex.LoadCheckpoint(lexer.Checkpoint{})
	if len(p.errs) > 0 {
		return nil, p.errs
	}
	return x, nil
}

// load looks at the next token.
func (p *parser) load() {
	p.tok = p.lex.Peek()
	if p.tok.Type == tokMore {
		p.refill(p.lex)
		p.tok = p.lex.Peek()
	}
	p.kind = p.tok.Type
}

func (p *parser) next() {
	p.lex.Next()
	p.load()
}

func (p *parser) refill(lex *lexer.PeekingLexer) {
	p.window.refill(&p.scan)
	lex.LoadCheckpoint(lexer.Checkpoint{})
}

// enter counts one more level of nesting; if there are too many, it fails.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > maxDepth {
		p.errorf(p.tokenSpan(p.tok), tooDeep)
		p.failed, p.fatal = true, true
		return false
	}
	return true
}

// apart calls parse, a method that enter was called for, on another stack.
func (p *parser) apart(parse func(*parser) Expr) (x Expr) {
	p.spread(func() { x = parse(p) })
	return x
}

func (p *parser) pos(t *lexer.Token) Pos { return p.file.Pos(t.Pos.Offset) }

func (p *parser) end(t *lexer.Token) Pos { return p.file.Pos(t.Pos.Offset + len(t.Value)) }

func (p *parser) tokenSpan(t *lexer.Token) Span {
	if t.Type == tokEOF {
		return Span{p.file.Pos(len(p.file.Source)), p.file.Pos(len(p.file.Source))}
	}
	return Span{p.pos(t), p.end(t)}
}

// unexpected fails because of the next token. want is what could stand there.
func (p *parser) unexpected(want ...lexer.TokenType) {
	p.failed = true
	span := p.tokenSpan(p.tok)
	switch p.kind {
	case tokThen, tokElse:
		if p.openIf { // which belongs here, and was reported
			p.fatal = true
			return
		}
	case tokInvalid:
		if why := p.scan.invalid[p.tok.Pos.Offset]; why.msg != "" {
			e := p.errorf(span, "%s", why.msg)
			if why.feature != "" {
				e.Code, e.Feature = CodeExperimental, why.feature
			}
			return
		}
	case tokInt: // out of range, that comes first
		if _, ok := p.parseInt(p.tok); !ok {
			return
		}
	case tokFloat:
		if _, ok := p.parseFloat(p.tok); !ok {
			return
		}
	}
	kind := p.kind
	if p.scan.wrap != wrapNone && p.tok.Value == "" {
		kind = tokEOF // what the user sees of it
	}
	texts := expecting(want)
	list := ""
	if texts != nil {
		list = ", expecting " + strings.Join(texts, " or ")
	}
	e := p.errorf(span, "syntax error, unexpected %s%s", tokenText(kind), list)
	e.Token, e.Want = tokenText(kind), texts
}

// maxExpecting is how many expected tokens the reference lists; it says
// nothing about them if there are more.
const maxExpecting = 4

// expecting returns the texts of tokens, as messages list them; nil if they are too
// many.
func expecting(want []lexer.TokenType) []string {
	for i, t := range want {
		switch t { // variants count as what they are variants of
		case tokLambdaIdent:
			want[i] = tokIdent
		case tokFormals:
			want[i] = tokLBrace
		case tokString:
			want[i] = tokQuote
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	if len(want) == 0 || len(want) > maxExpecting {
		return nil
	}
	var texts []string
	for _, t := range want {
		texts = append(texts, tokenText(t))
	}
	return texts
}
