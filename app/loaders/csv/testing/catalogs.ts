/**
 * `SELECT * FROM information_schema.columns` as MySQL 8.0 writes it, through a client that writes NULL as `NULL`.
 * Source: MySQL 8.0 Reference Manual, "The INFORMATION_SCHEMA COLUMNS Table". Written from it, not run.
 */
export const mysqlColumns = `TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,ORDINAL_POSITION,COLUMN_DEFAULT,IS_NULLABLE,DATA_TYPE,CHARACTER_MAXIMUM_LENGTH,CHARACTER_OCTET_LENGTH,NUMERIC_PRECISION,NUMERIC_SCALE,DATETIME_PRECISION,CHARACTER_SET_NAME,COLLATION_NAME,COLUMN_TYPE,COLUMN_KEY,EXTRA,PRIVILEGES,COLUMN_COMMENT,GENERATION_EXPRESSION,SRS_ID
def,shop,orders,total,3,0.00,NO,decimal,NULL,NULL,10,2,NULL,NULL,NULL,"decimal(10,2)",,,"select,insert,update,references",,,NULL
def,shop,orders,id,1,NULL,NO,bigint,NULL,NULL,20,0,NULL,NULL,NULL,bigint unsigned,PRI,auto_increment,"select,insert,update,references",The number,,NULL
def,shop,orders,status,2,new,NO,enum,9,36,NULL,NULL,NULL,utf8mb4,utf8mb4_0900_ai_ci,"enum('new','it''s paid')",,,"select,insert,update,references",,,NULL
def,shop,orders,code,4,NULL,YES,varchar,50,200,NULL,NULL,NULL,utf8mb4,utf8mb4_0900_ai_ci,varchar(50),UNI,,"select,insert,update,references",,,NULL
def,shop,orders,is_open,5,1,YES,tinyint,NULL,NULL,3,0,NULL,NULL,NULL,tinyint(1),,,"select,insert,update,references",,,NULL
def,shop,orders,changed_at,6,CURRENT_TIMESTAMP(3),YES,timestamp,NULL,NULL,NULL,NULL,3,NULL,NULL,timestamp(3),,DEFAULT_GENERATED,"select,insert,update,references",,,NULL
def,shop,orders,twice,7,NULL,YES,decimal,NULL,NULL,11,2,NULL,NULL,NULL,"decimal(11,2)",,VIRTUAL GENERATED,"select,insert,update,references",,(\`total\` * 2),NULL
def,shop,orders,note,8,NULL,YES,text,65535,65535,NULL,NULL,NULL,utf8mb4,utf8mb4_0900_ai_ci,text,,,"select,insert,update,references","two
lines",,NULL
def,mysql,user,Host,1,,NO,char,255,255,NULL,NULL,NULL,ascii,ascii_general_ci,char(255),PRI,,"select,insert,update,references",,,NULL
`

/**
 * The same of MariaDB 10.11, which gives defaults as expressions. Source: MariaDB Knowledge Base, "Information Schema COLUMNS Table". Not run.
 */
export const mariadbColumns = `TABLE_CATALOG;TABLE_SCHEMA;TABLE_NAME;COLUMN_NAME;ORDINAL_POSITION;COLUMN_DEFAULT;IS_NULLABLE;DATA_TYPE;CHARACTER_MAXIMUM_LENGTH;CHARACTER_OCTET_LENGTH;NUMERIC_PRECISION;NUMERIC_SCALE;DATETIME_PRECISION;CHARACTER_SET_NAME;COLLATION_NAME;COLUMN_TYPE;COLUMN_KEY;EXTRA;PRIVILEGES;COLUMN_COMMENT;IS_GENERATED;GENERATION_EXPRESSION
def;shop;orders;id;1;;NO;int;;;10;0;;;;int(11);PRI;auto_increment;select;;NEVER;
def;shop;orders;status;2;'new';NO;varchar;20;80;;;;utf8mb4;utf8mb4_general_ci;varchar(20);;;select;;NEVER;
def;shop;orders;code;3;NULL;YES;varchar;50;200;;;;utf8mb4;utf8mb4_general_ci;varchar(50);;;select;;NEVER;
def;shop;orders;twice;4;NULL;YES;int;;;10;0;;;;int(11);;STORED GENERATED;select;;ALWAYS;\`id\` * 2
`

/** The same of SQL Server. Source: Microsoft Learn, "COLUMNS (Transact-SQL)". Written from it, not run. */
export const mssqlColumns = `TABLE_CATALOG\tTABLE_SCHEMA\tTABLE_NAME\tCOLUMN_NAME\tORDINAL_POSITION\tCOLUMN_DEFAULT\tIS_NULLABLE\tDATA_TYPE\tCHARACTER_MAXIMUM_LENGTH\tCHARACTER_OCTET_LENGTH\tNUMERIC_PRECISION\tNUMERIC_PRECISION_RADIX\tNUMERIC_SCALE\tDATETIME_PRECISION\tCHARACTER_SET_CATALOG\tCHARACTER_SET_SCHEMA\tCHARACTER_SET_NAME\tCOLLATION_CATALOG\tCOLLATION_SCHEMA\tCOLLATION_NAME\tDOMAIN_CATALOG\tDOMAIN_SCHEMA\tDOMAIN_NAME
shop\tdbo\torders\tid\t1\tNULL\tNO\tint\tNULL\tNULL\t10\t10\t0\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\tcode\t2\t(N'a''b')\tNO\tnvarchar\t50\t100\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tUNICODE\tNULL\tNULL\tLatin1_General_CI_AS\tNULL\tNULL\tNULL
shop\tdbo\torders\tnote\t3\tNULL\tYES\tnvarchar\t-1\t-1\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tUNICODE\tNULL\tNULL\tLatin1_General_CI_AS\tNULL\tNULL\tNULL
shop\tdbo\torders\tis_open\t4\t((1))\tYES\tbit\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\tmade_at\t5\t(sysutcdatetime())\tNO\tdatetime2\tNULL\tNULL\tNULL\tNULL\tNULL\t7\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\told_at\t6\tNULL\tYES\tdatetime\tNULL\tNULL\tNULL\tNULL\tNULL\t3\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\tsmall\t7\tNULL\tYES\ttinyint\tNULL\tNULL\t3\t10\t0\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\tversion\t8\tNULL\tNO\ttimestamp\t8\t8\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
shop\tdbo\torders\tbytes\t9\tNULL\tYES\tvarbinary\t-1\t-1\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL\tNULL
`
