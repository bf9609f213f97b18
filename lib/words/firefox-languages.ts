/**
 * What Firefox says in its users' languages, from its language packs: `connectionFailure` and `netInterrupt` of
 * `browser/appstrings.properties`, `BlockMixedActiveContent` of `security.properties`. The name Firefox is left out
 * where it comes first, because what is built from Firefox prints its own.
 */
export type FirefoxLanguage = readonly [
  tag: string,
  /** `%S` is the socket's address, here and in the others. */
  cannotConnect: string,
  interrupted: string,
  mixedContent?: string,
]

export const firefoxLanguages: readonly FirefoxLanguage[] = [
  [
    'en',
    'can’t establish a connection to the server at %S',
    'The connection to %S was interrupted while the page was loading',
    'Blocked loading mixed active content "%S"',
  ],
  [
    'ar',
    'لا يستطيع Firefox أن يؤسّس اتصالًا بالخادوم عند %S',
    'قُوطِع الاتصال مع %S أثناء تحميل الصفحة',
    'حُجب تحميل محتوى نشط مختلط ”%S“',
  ],
  [
    'bg',
    'не може да установи връзка с %S',
    'Връзката с %S беше прекъсната по време на зареждането на страницата',
    'Блокирано е зареждането на смесено активно съдържание „%S“',
  ],
  [
    'ca',
    'no ha pogut establir una connexió amb el servidor a %S',
    "S'ha interromput la connexió a %S mentre es carregava la pàgina",
    "S'ha blocat la càrrega del contingut mixt actiu «%S»",
  ],
  [
    'cs',
    'nemůže navázat spojení se serverem %S',
    'Spojení se serverem %S bylo v průběhu načítání stránky přerušeno',
    'Nahrávání smíšeného aktivního obsahu z „%S“ bylo zablokováno',
  ],
  [
    'da',
    'kan ikke oprette en forbindelse til serveren %S',
    'Forbindelsen til %S blev afbrudt mens siden var ved at blive indlæst',
    'Blokerede indlæsning af blandet aktivt indhold "%S"',
  ],
  [
    'de',
    'kann keine Verbindung zu dem Server unter %S aufbauen',
    'Die Verbindung zu %S wurde unterbrochen, während die Seite geladen wurde',
    'Laden von gemischten aktiven Inhalten "%S" wurde blockiert',
  ],
  [
    'el',
    'δεν μπορεί να κάνει σύνδεση με τον διακομιστή στο %S',
    'Η σύνδεση με το %S διακόπηκε κατά τη φόρτωση της σελίδας',
    'Αποκλεισμένη φόρτωση μικτού ενεργού περιεχομένου «%S»',
  ],
  [
    'es',
    'no puede establecer una conexión con el servidor en %S',
    'La conexión a %S fue interrumpida mientras la página se cargaba',
    'Se ha bloqueado la carga del contenido activo mixto "%S"',
  ],
  [
    'es-MX',
    'no pudo establecer una conexión con el servidor en %S',
    'La conexión con %S se interrumpió mientras se cargaba la página',
    'Se bloqueó la carga del contenido activo mixto "%S"',
  ],
  [
    'fi',
    'Yhteyden muodostus osoitteeseen %S epäonnistui',
    'Yhteys osoitteeseen %S katkesi kesken sivun lataamisen',
    'Estettiin osittain suojaamattoman, interaktiivisen sisällön lataus "%S"',
  ],
  [
    'fr',
    'ne peut établir de connexion avec le serveur à l’adresse %S',
    'La connexion avec %S a été interrompue pendant le chargement de la page',
    'Blocage du chargement du contenu mixte actif (mixed active content) « %S »',
  ],
  ['he', 'לא יכול ליצור קשר עם השרת ב־%S', 'החיבור אל %S הופסק בזמן שהדף נטען'],
  [
    'hu',
    'nem képes kapcsolatot létesíteni a(z) %S helyen lévő kiszolgálóval',
    'A kapcsolat a(z) %S hellyel megszakadt az oldal betöltése közben',
    'A vegyes aktív „%S” tartalom betöltése blokkolva',
  ],
  [
    'id',
    'tidak dapat tersambung dengan server di %S',
    'Sambungan ke %S terputus saat laman sedang dimuat',
    'Pemuatan konten aktif campuran "%S" dicekal',
  ],
  [
    'it',
    'non può stabilire una connessione con il server %S',
    'La connessione con %S è stata interrotta durante il caricamento della pagina',
    'Bloccato il caricamento di contenuto misto attivo (mixed active content) “%S”',
  ],
  [
    'ja',
    '%S のサーバーへの接続を確立できませんでした',
    'ページの読み込み中に %S への接続が切断されました',
    '混在アクティブコンテンツ “%S” の読み込みをブロックしました',
  ],
  [
    'ko',
    '%S 서버에 연결할 수 없습니다',
    '페이지 로드 중 %S에 대한 연결이 중단되었습니다',
    '혼합된 액티브 콘텐츠 “%S” 로드를 차단함',
  ],
  [
    'nb',
    'klarte ikke koble til serveren på %S',
    'Tilkoblingen til %S ble brutt mens siden lastet inn',
    'Blokkerte innlasting av blandet aktivt innhold «%S»',
  ],
  [
    'nl',
    'kan geen verbinding maken met de server op %S',
    'De verbinding met %S werd onderbroken tijdens het laden van de pagina',
    'Laden van gemengde actieve inhoud ‘%S’ geblokkeerd',
  ],
  [
    'pl',
    'nie może nawiązać połączenia z serwerem %S',
    'Połączenie z %S zostało przerwane podczas wczytywania strony',
    'Zablokowano wczytywanie mieszanych treści aktywnych „%S”',
  ],
  [
    'pt-BR',
    'não conseguiu estabelecer uma conexão com o servidor %S',
    'A conexão com %S foi interrompida durante o carregamento da página',
    'Bloqueado carregamento de conteúdo misto ativo “%S”',
  ],
  [
    'pt-PT',
    'não consegue estabelecer uma ligação para o servidor em %S',
    'A ligação a %S foi interrompida durante o carregamento da página',
    'Bloqueado o carregamento do conteúdo misto ativo “%S”',
  ],
  [
    'ro',
    'nu poate stabili o conexiune cu serverul %S',
    'Conexiunea cu %S s-a întrerupt în timp ce se încărca pagina',
    'Încărcare blocată pentru conținut activ mixt „%S"',
  ],
  [
    'ru',
    'не может установить соединение с сервером %S',
    'Во время загрузки страницы соединение с %S было прервано',
    'Заблокирована загрузка смешанного активного содержимого «%S»',
  ],
  [
    'sk',
    'nedokáže vytvoriť pripojenie k serveru %S',
    'Pripojenie k %S bolo počas načítavania stránky prerušené',
    'Blokované načítanie zmiešaného aktívneho obsahu “%S”',
  ],
  [
    'sv',
    'kan inte upprätta en anslutning till servern på %S',
    'Anslutningen till %S avbröts under hämtningen av sidan',
    'Blockerade laddning av blandat aktivt innehåll “%S”',
  ],
  [
    'th',
    'ไม่สามารถสร้างการเชื่อมต่อไปยังเซิร์ฟเวอร์ที่ %S',
    'การเชื่อมต่อไปยัง %S ถูกขัดจังหวะขณะที่หน้ากำลังโหลด',
    'ปิดกั้นการโหลดเนื้อหาแบบ mixed active “%S” แล้ว',
  ],
  [
    'tr',
    '%S sunucusuyla bağlantı kuramıyor',
    'Sayfa yüklenirken %S sunucusuyla bağlantı kesildi',
    '“%S” karma etkin içeriğinin yüklenmesi engellendi',
  ],
  [
    'uk',
    "не може встановити з'єднання з сервером %S",
    "Під час завантаження сторінки з'єднання з %S було перервано",
    'Заблоковано завантаження змішаного активного вмісту "%S"',
  ],
  [
    'vi',
    'không thể tạo kết nối tới máy chủ tại %S',
    'Kết nối tới %S bị đứt trong khi đang tải trang',
    'Đã chặn việc tải các nội dung bị trộn lẫn chủ động từ "%S"',
  ],
  ['zh-CN', '无法建立到 %S 服务器的连接', '加载页面时与 %S 的连接中断', '已阻止加载混合活动内容“%S”'],
  ['zh-TW', '無法與伺服器 %S 建立連線', '載入頁面時與 %S 的連線中斷', '已封鎖載入混和的主動內容「%S」'],
]
