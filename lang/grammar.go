package lang

// This file defines the grammar, as participle struct tags. It is LL(1) over
// the marked tokens of lexer.go; the names of tokens are in token.go.
//
// gengrammar compiles the tags to the parse methods in grammar_gen.go. With
// the build tag reflective, participle reads the tags itself (reflective.go),
// and a test compares the two. Either way a production is filled in first, and
// its lower method (lower.go) then makes the node.
//
// Tags of ours beside participle's, for errors only:
//
//	expect:"In Inherit"   what a message lists at this field, where the
//	                      reference's table differs from the grammar's first sets
//	recover:"bindings"    after an error, go on behind the next binding
//
// Written by hand: operation (operators.go), which is missing here, and the parse
// method of attr (attrs.go). They start as
//
//	gengrammar:first operation = operandExpr Minus Not
//	gengrammar:first attr = attrSyntax
//
// All nesting goes through these, which therefore count it:
//
//	gengrammar:depth Expr selectExpr
//
// and this one interns its name at once:
//
//	gengrammar:done formal

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

//lint:ignore U1000 gengrammar reads it, and participle with the tag reflective
var grammarUnions = []participle.Option{
	participle.Union[Expr](&lambda{}, &assertion{}, &with{}, &let{}, &conditional{}, &operation{}),
	participle.Union[simple](
		&identifier{}, &integer{}, &float{}, &plainString{}, &interpString{}, &plainIndString{}, &indString{},
		&plainPath{}, &interpPath{}, &searchPath{}, &uri{}, &parenthesis{}, &legacyLet{}, &recSet{}, &set{}, &list{}),
}

// Levels of expressions: Expr is any; a list has selectExprs; operators stand
// between operandExprs. participle fills in By, the compiled methods node. (As
// interfaces, like Expr, they would have to be converted all the time, which
// took 5 % of parsing.)
type (
	operandExpr struct {
		By   *application `parser:"@@"`
		node Expr
	}
	selectExpr struct {
		By   *selection `parser:"@@"`
		node Expr
	}
	simpleExpr struct {
		By   simple `parser:"@@"`
		node Expr
	}
	simple Expr
)

// A file is a whole source text.
type file struct {
	X Expr `parser:"@@"`
}

type lambda struct {
	production
	Pos      lexer.Position
	Param    lexer.Token `parser:"( @LambdaIdent"`
	Formals  *formals    `parser:"  ( Colon | At ( LBrace | Formals ) @@ Colon )"`
	Formals2 *formals    `parser:"| Formals @@"`
	Param2   lexer.Token `parser:"  ( Colon | At @( Ident | LambdaIdent ) Colon ) )"`
	Body     Expr        `parser:"@@"`
}

// formals is what follows the { of a pattern. (?= ) looks ahead only.
type formals struct {
	List     []formal `parser:"( @@ (?= Comma | RBrace ) Comma? )*"`
	Ellipsis bool     `parser:"( @Ellipsis RBrace | RBrace )"`
}

type formal struct {
	Name    lexer.Token `parser:"@( Ident | LambdaIdent )"`
	Default Expr        `parser:"( Question @@ )?"`
	sym     Symbol
}

type assertion struct {
	production
	Pos  lexer.Position
	Cond Expr `parser:"Assert @@"`
	Body Expr `parser:"Semicolon @@"`
}

type with struct {
	production
	Pos  lexer.Position
	X    Expr `parser:"With @@"`
	Body Expr `parser:"Semicolon @@"`
}

type let struct {
	production
	Pos      lexer.Position
	Bindings []binding   `parser:"Let @@*" recover:"bindings"`
	End      lexer.Token `parser:"@In" expect:"In Inherit"`
	Body     Expr        `parser:"@@"`
}

type conditional struct {
	production
	Pos  lexer.Position
	Cond Expr `parser:"If @@"`
	Then Expr `parser:"Then @@"`
	Else Expr `parser:"Else @@"`
}

// An application binds more tightly than any operator.
type application struct {
	production
	Pos  lexer.Position
	Fn   selectExpr   `parser:"@@"`
	Args []selectExpr `parser:"@@*"`
}

type selection struct {
	production
	Pos     lexer.Position
	X       simpleExpr  `parser:"@@"`
	Path    []attr      `parser:"( ( Dot @@ )+"`
	Default *selectExpr `parser:"  ( Or @@ )?"`
	Or      *bareOr     `parser:"| @@ )?"`
}

// A bareOr is the word or as a name. Rare parts like this one are pointers, so
// that what is read all the time stays small.
type bareOr struct {
	Tok lexer.Token `parser:"@Or"`
}

type identifier struct {
	production
	Tok lexer.Token `parser:"@( Ident | LambdaIdent )"`
}

type integer struct {
	production
	Tok lexer.Token `parser:"@Int"`
}

type float struct {
	production
	Tok lexer.Token `parser:"@Float"`
}

type plainString struct {
	production
	Tok lexer.Token `parser:"@String"`
}

type interpString struct {
	production
	Pos   lexer.Position
	Parts []part      `parser:"Quote @@*"`
	End   lexer.Token `parser:"@Quote" expect:"Quote"`
}

type plainIndString struct {
	production
	Tok lexer.Token `parser:"@IndString"`
}

type indString struct {
	production
	Pos   lexer.Position
	Parts []part      `parser:"IndOpen @@*"`
	End   lexer.Token `parser:"@IndClose" expect:"IndPart DollarBrace IndClose"`
}

type plainPath struct {
	production
	Tok lexer.Token `parser:"@( Path | HomePath )"`
}

type interpPath struct {
	production
	Start lexer.Token `parser:"@( PathStart | HomeStart )"`
	Parts []part      `parser:"@@+"`
	End   lexer.Token `parser:"@PathEnd"`
}

type searchPath struct {
	production
	Tok lexer.Token `parser:"@SearchPath"`
}

type uri struct {
	production
	Tok lexer.Token `parser:"@URI"`
}

type parenthesis struct {
	production
	X Expr `parser:"LParen @@ RParen"`
}

type legacyLet struct {
	production
	Pos      lexer.Position
	Bindings []binding   `parser:"( LegacyLet | Let ) ( LBrace | Formals ) @@*" recover:"bindings"`
	End      lexer.Token `parser:"@RBrace" expect:"Inherit RBrace"`
}

type recSet struct {
	production
	Pos      lexer.Position
	Bindings []binding   `parser:"Rec ( LBrace | Formals ) @@*" recover:"bindings"`
	End      lexer.Token `parser:"@RBrace" expect:"Inherit RBrace"`
}

type set struct {
	production
	Pos      lexer.Position
	Bindings []binding   `parser:"( LBrace | Formals ) @@*" recover:"bindings"`
	End      lexer.Token `parser:"@RBrace" expect:"Inherit"`
}

type list struct {
	production
	Pos   lexer.Position
	Elems []selectExpr `parser:"LBracket @@*"`
	End   lexer.Token  `parser:"@RBracket"`
}

type binding struct {
	Inherit bool   `parser:"  @Inherit"`
	From    Expr   `parser:"  ( LParen @@ RParen )?"`
	Names   []attr `parser:"  @@* Semicolon"`
	Path    []attr `parser:"| @@ ( Dot @@ )*"`
	Value   Expr   `parser:"  Assign @@ Semicolon"`
}

// An attr is one name in an attribute path. Only what attrSyntax means is kept:
// there are many at a time.
type attr struct {
	By   *attrSyntax `parser:"@@"`
	name AttrName
	end  Pos // 0 if name is not known yet
}

type attrSyntax struct {
	Name     lexer.Token   `parser:"  @( Ident | LambdaIdent | Or | String )"`
	Interp   *interpName   `parser:"| @@"`
	Computed *computedName `parser:"| @@"`
}

type interpName struct {
	Pos   lexer.Position
	Parts []part      `parser:"Quote @@*"`
	End   lexer.Token `parser:"@Quote" expect:"Quote"`
}

type computedName struct {
	Pos lexer.Position
	X   Expr        `parser:"DollarBrace @@"`
	End lexer.Token `parser:"@RBrace"`
}

// A part is text or an interpolation. Which text may come is the lexer's business.
type part struct {
	Text lexer.Token `parser:"  @( StringPart | IndPart | PathPart )"`
	X    Expr        `parser:"| DollarBrace @@ RBrace"`
}
